import { ApiError } from './api-error.ts'

const MODELS = [
  ['claude-opus-5-5', 'Claude Opus 5.5'],
  ['claude-sonnet-5-5', 'Claude Sonnet 5.5'],
  ['claude-haiku-5-5', 'Claude Haiku 5.5'],
].map(([id, name]) => ({
  type: 'model',
  id,
  display_name: name,
  created_at: '2026-09-01T00:00:00Z',
}))

export function listModels(): unknown {
  const [first, last] = [MODELS[0], MODELS.at(-1)]
  return { data: MODELS, has_more: false, first_id: first?.id, last_id: last?.id }
}

/** @throws ApiError 404 */
export function getModel(id: string): unknown {
  const model = MODELS.find((one) => one.id === id)
  if (model === undefined) throw new ApiError(404, 'model: no such model')
  return model
}
