import { RE2JS } from 're2js'
import type { Role } from '../schema/index.ts'
import { isRecord } from './bundle.ts'
import { PolicyError } from './policy-error.ts'

interface Signal {
  readonly name: string
  readonly roles: ReadonlySet<Role>
  /** In lower case; patterns are searched only where one of them stands. Empty: everywhere. */
  readonly words: readonly string[]
  readonly patterns: readonly RE2JS[]
}

export type SignalFinder = (role: Role, text: string) => readonly string[]

// An object, so that the compiler asks for every role.
const ROLES: Readonly<Record<Role, true>> = {
  system: true,
  tools: true,
  user: true,
  assistant: true,
  tool_use: true,
  tool_result: true,
  metadata: true,
  header: true,
}

/**
 * Compiles the signals of `data.gateway_config.signals`. They come from policy, so they run in linear time (RE2).
 * @throws PolicyError where the list is missing or one of its entries cannot be used
 */
export function compileSignals(data: Readonly<Record<string, unknown>>): SignalFinder {
  const config = data['gateway_config']
  const list = isRecord(config) ? config['signals'] : undefined
  if (!Array.isArray(list)) throw new PolicyError('data.gateway_config.signals is not a list')
  const signals = list.map((entry: unknown, index) => parseSignal(entry, index))
  return (role, text) => {
    const heard = signals.filter((signal) => signal.roles.has(role))
    if (heard.length === 0) return []
    const plain = fold(text)
    const lower = plain.toLowerCase()
    const names = heard
      .filter(({ words }) => words.length === 0 || words.some((word) => lower.includes(word)))
      .filter(({ patterns }) => patterns.some((pattern) => pattern.test(plain)))
      .map((signal) => signal.name)
    return [...new Set(names)]
  }
}

/** Full-width letters and invisible characters must not hide a word. */
function fold(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text
  return text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '')
}

function parseSignal(entry: unknown, index: number): Signal {
  const where = `data.gateway_config.signals[${index}]`
  if (!isRecord(entry)) throw new PolicyError(`${where} is not an object`)
  const { name, roles, words = [], patterns } = entry
  if (typeof name !== 'string' || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new PolicyError(`${where}.name is not a kebab-case name`)
  }
  if (!Array.isArray(roles) || roles.length === 0 || !roles.every(isRole)) {
    throw new PolicyError(`${where}.roles is not a list of roles`)
  }
  if (!Array.isArray(words) || !words.every((word) => isLowerCase(word))) {
    throw new PolicyError(`${where}.words is not a list of words in lower case`)
  }
  if (!Array.isArray(patterns) || patterns.length === 0) {
    throw new PolicyError(`${where}.patterns is not a list of patterns`)
  }
  return {
    name,
    roles: new Set(roles),
    words,
    patterns: patterns.map((pattern: unknown, at) => compile(pattern, `${where}.patterns[${at}]`)),
  }
}

function isLowerCase(word: unknown): word is string {
  return typeof word === 'string' && word !== '' && word === word.toLowerCase()
}

function isRole(value: unknown): value is Role {
  return typeof value === 'string' && Object.hasOwn(ROLES, value)
}

function compile(pattern: unknown, where: string): RE2JS {
  if (typeof pattern !== 'string') throw new PolicyError(`${where} is not a pattern`)
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw new PolicyError(`${where} is not a pattern that RE2 accepts`, error)
  }
}
