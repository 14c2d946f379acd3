import { RE2JS } from 're2js'
import type { LinearPattern } from '../domain/index.ts'
import { PolicyError } from './policy-error.ts'

/**
 * Compiles a pattern in RE2's syntax, which has no look-around and no backreference and runs in linear time.
 * @throws PolicyError where RE2 does not accept it, or it matches the empty text
 */
export function compileLinear(source: string): LinearPattern {
  const pattern = compiled(source)
  if (pattern.matcher('').find()) throw new PolicyError('a pattern matches the empty text')
  return {
    *matches(text) {
      const matcher = pattern.matcher(text)
      while (matcher.find()) {
        const group = firstGroup(matcher)
        const [start, end] = [matcher.start(group), matcher.end(group)]
        if (end > start) yield { start, end }
      }
    },
  }
}

function compiled(source: string): RE2JS {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    throw new PolicyError('a pattern is not one that RE2 accepts', error)
  }
}

function firstGroup(matcher: ReturnType<RE2JS['matcher']>): number {
  for (let group = 1; group <= matcher.groupCount(); group += 1) {
    if (matcher.start(group) >= 0) return group
  }
  return 0
}
