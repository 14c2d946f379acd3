/** A part of a text, offsets in UTF-16 code units. */
export interface Extent {
  readonly start: number
  readonly end: number
}

/** What an address begins with, as browsers read it: slashes may be backslashes, the scheme may be missing. */
const START =
  /:[/\\]{2}|(?<![^\s"'`(=<[,;])[/\\]{2}|(?<![a-z0-9])(?:https?|ftps?|wss?|file|mailto|tel|sms|data|blob|javascript|vbscript):|(?<![a-z0-9])www\.|\]\(/i
/** Only white space of ASCII ends an address for every reader. */
const RUN = /[^ \t\r\n\f\v]+/g
const LINK_TARGET = /\]\([^)\n]*/g
const IN_ANGLES = /<[^<>\n]*/g
const ATTRIBUTE = /([\w:-]{1,40})\s{0,8}=\s{0,8}(["'])/g
/** Attributes of HTML that hold an address, or a text in which one works. */
const ADDRESS_ATTRIBUTE =
  /^(?:src|srcset|srcdoc|href|xlink:href|action|formaction|poster|background|cite|ping|data|style|manifest|longdesc|on\w+)$/i

/**
 * The parts of a text that are an address, or inside one: in running text, as a target of Markdown, in an attribute of
 * HTML. A value that is restored there would leave with whoever opens or renders it, so in doubt a part counts as one.
 * Linear in the text.
 */
export function addressesIn(text: string): Extent[] {
  const found: Extent[] = []
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const at = run.search(START)
    if (at >= 0) found.push({ start: index + at, end: index + run.length })
  }
  for (const { 0: target, index } of text.matchAll(LINK_TARGET)) {
    found.push({ start: index, end: index + target.length })
  }
  // A target in angle brackets may hold spaces.
  for (const { 0: inside, index } of text.matchAll(IN_ANGLES)) {
    if (isAddress(inside.slice(1))) found.push({ start: index, end: index + inside.length })
  }
  for (const { 0: opening, 1: name = '', 2: quote = '', index } of text.matchAll(ATTRIBUTE)) {
    const start = index + opening.length
    const close = text.indexOf(quote, start)
    const end = close < 0 ? text.length : close
    if (ADDRESS_ATTRIBUTE.test(name) || isAddress(text.slice(start, end)))
      found.push({ start, end })
  }
  return found
}

function isAddress(text: string): boolean {
  return text.trimStart().search(START) === 0 || /^\s*[a-z][a-z0-9+.-]{0,30}:[/\\]/i.test(text)
}
