export {
  addText,
  blockEvents,
  emptyInput,
  extendBlock,
  indexOf,
  openBlock,
  wholeBlock,
  withoutInput,
  type OpenBlock,
} from './block.ts'
export {
  canonicalBody,
  canonicalMessage,
  canonicalSystem,
  canonicalTools,
  type Feed,
} from './canonical.ts'
export type { TextDocument } from './document.ts'
export { applyEdits, liftEdits, type Edit } from './edit.ts'
export {
  items,
  member,
  parseJson,
  stringMember,
  type JsonArray,
  type JsonNode,
  type JsonObject,
} from './json.ts'
export type { Operation, ParsedRequest, RequestEnvelope, Unit } from './parsed-request.ts'
export { parseRequest } from './request.ts'
export { rewrittenForms } from './rewritten.ts'
export { splice, type Replacement, type Withholding } from './splice.ts'
export {
  eventAt,
  sseEvents,
  formatEvent,
  SseError,
  sseReader,
  type SseEvent,
  type SseReader,
} from './sse.ts'
export {
  isRemembered,
  walk,
  type LocatedSegment,
  type Position,
  type Uninspectable,
  type UninspectableKind,
} from './walk.ts'
