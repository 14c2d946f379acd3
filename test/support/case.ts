import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { Json } from './sse.ts'

/** An exchange of a case, as `test/cases/case.schema.json` describes it. */
export interface CaseExchange {
  readonly principal?: 'svc-triage' | 'svc-batch'
  readonly connection?: string
  readonly path?: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly request?: Json | 'sanitized'
  readonly requestText?: string
  readonly upstream?: readonly Json[] | UpstreamAnswer
}

export interface UpstreamAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

export interface Case extends CaseExchange {
  /** Folder and file name, without the ending. */
  readonly name: string
  readonly description: string
  readonly policy?: 'shipped' | 'operators'
  readonly earlier?: readonly CaseExchange[]
  readonly stream?: boolean | 'both'
  readonly secrets?: readonly string[]
  readonly want: {
    readonly status: number
    readonly outcome: 'allow' | 'mask' | 'deny' | 'require-approval'
    readonly reasons?: readonly string[]
    readonly masked?: Counts
    readonly kept?: Counts
    readonly removed?: readonly Json[]
    readonly error?: Json
    readonly forwarded?: Json | 'unchanged'
    readonly forwardedText?: string
    readonly answer?: Json
    readonly upstreamCalls: number
    readonly records: readonly WantedRecord[]
  }
}

export type Counts = Readonly<Record<string, number>>

export interface WantedRecord {
  readonly kind: 'decision' | 'completion' | 'review'
  readonly outcome?: string
  readonly end?: string
  readonly masked?: Counts
  readonly restored?: Counts
}

const folder = new URL('../cases/', import.meta.url)

/**
 * All cases, in order.
 * @throws Error naming the file and the place where a case does not fit the schema
 */
export function readCases(): Case[] {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false })
  const schema = JSON.parse(readFileSync(new URL('case.schema.json', folder), 'utf8')) as object
  const fits = ajv.compile(schema)
  return ['request', 'response'].flatMap((kind) =>
    readdirSync(new URL(`${kind}/`, folder))
      .filter((file) => file.endsWith('.json'))
      .toSorted()
      .map((file) => {
        const name = `${kind}/${file.slice(0, -'.json'.length)}`
        const value: unknown = JSON.parse(readFileSync(new URL(`${kind}/${file}`, folder), 'utf8'))
        if (fits(value)) return { ...(value as Omit<Case, 'name'>), name }
        const places = (fits.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? e.keyword}`)
        throw new Error(`${name} does not fit case.schema.json: ${places.join('; ')}`)
      }),
  )
}
