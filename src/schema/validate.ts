import { readFileSync, readdirSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type {
  AuditRecord,
  CanariesFile,
  Checkpoint,
  ConfigFile,
  Decision,
  ErrorEnvelope,
  KeyringFile,
  PolicyCase,
  PolicyData,
  PolicyInput,
  Profile,
  ProfileInput,
  PublicKeysFile,
  RecognizerSettings,
  Review,
} from './types.ts'

const directory = new URL('../../schemas/', import.meta.url)

interface SchemaTypes {
  'audit-record': AuditRecord
  canaries: CanariesFile
  checkpoint: Checkpoint
  config: ConfigFile
  decision: Decision
  error: ErrorEnvelope
  keyring: KeyringFile
  'policy-case': PolicyCase
  'policy-data': PolicyData
  'policy-input': PolicyInput
  'profile-input': ProfileInput
  profile: Profile
  'public-keys': PublicKeysFile
  recognizers: RecognizerSettings
  review: Review
}

export type SchemaName = keyof SchemaTypes

/** A value did not fit a schema. The message names the schema and the places, never a value. */
export class SchemaError extends Error {
  readonly schema: SchemaName
  readonly errors: readonly {
    readonly path: string
    readonly message: string
    /** The schema's word that was not kept. */
    readonly keyword: string
  }[]

  constructor(schema: SchemaName, errors: readonly ErrorObject[]) {
    const places = errors.map((error) => ({
      path: error.instancePath === '' ? '/' : error.instancePath,
      message: describe(error),
      keyword: error.keyword,
    }))
    super(
      `does not fit ${schema}.schema.json: ${places.map((p) => `${p.path} ${p.message}`).join('; ')}`,
    )
    this.name = 'SchemaError'
    this.schema = schema
    this.errors = places
  }
}

function describe(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'additionalProperties':
      return `has an unknown key "${String(params['additionalProperty'])}"${allowedKeys(error)}`
    case 'enum':
      return `must be one of ${JSON.stringify(params['allowedValues'])}`
    default:
      return error.message ?? error.keyword
  }
}

/** What else could have been written; known where the validator was asked to keep the schema. */
function allowedKeys(error: ErrorObject): string {
  const properties: unknown = error.parentSchema?.['properties']
  if (typeof properties !== 'object' || properties === null) return ''
  return `; allowed are ${Object.keys(properties).join(', ')}`
}

function validator(options: { readonly allErrors: boolean }): Ajv {
  // strictTypes and strictRequired ask for a shape of schema that draft-07 does not need; all other strict checks stay.
  const strictness = { strict: true, strictTypes: false, strictRequired: false }
  const ajv = new Ajv({ ...strictness, ...options, verbose: options.allErrors })
  ajv.addFormat('uri', (text: string) => URL.canParse(text))
  for (const name of readdirSync(directory)) {
    if (name.endsWith('.schema.json')) {
      ajv.addSchema(JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as object)
    }
  }
  return ajv
}

const ajv = validator({ allErrors: false })

/** What people write: they want to know everything at once. Anything else comes from others and ends at the first error. */
const WRITTEN: ReadonlySet<SchemaName> = new Set(['config', 'recognizers', 'policy-data'])

const compiled = new Map<SchemaName, ValidateFunction>()

/**
 * Checks a value against `schemas/<name>.schema.json` and gives it its type.
 * @throws SchemaError
 */
export function validate<N extends SchemaName>(name: N, value: unknown): SchemaTypes[N] {
  let check = compiled.get(name)
  if (check === undefined) {
    const validators = WRITTEN.has(name) ? validator({ allErrors: true }) : ajv
    check = validators.getSchema(`https://phigate.dev/schemas/${name}.schema.json`)
    if (check === undefined) throw new Error(`schemas/${name}.schema.json is missing`)
    compiled.set(name, check)
  }
  if (!check(value)) throw new SchemaError(name, check.errors ?? [])
  return value as SchemaTypes[N]
}
