import { isTeam, isTest } from './contract.ts'
import type { Annotation, Module } from './rego/module.ts'
import type { Violation } from './violation.ts'

/** Checks that a package and its entrypoints say in METADATA what they are. */
export function checkMetadata(modules: readonly Module[]): readonly Violation[] {
  const sources = modules.filter((module) => !isTest(module))
  const [first] = sources
  if (first === undefined) return []
  const about = sources.flatMap(({ annotations }) => annotations)
  const ofPackage = about.find(({ scope }) => scope === 'package')
  const at = { file: first.file, row: 1, col: 1 }
  if (ofPackage === undefined) {
    const fix = `# METADATA\\n# title: ...\\n# description: ...${isTeam(first) ? '\\n# custom:\\n#   code: [...]' : ''}`
    return [{ ...at, message: 'the package has no METADATA', fix }]
  }
  return [
    ...complete(ofPackage),
    ...about.filter(({ entrypoint }) => entrypoint).flatMap(complete),
    ...entrypoints(first, sources),
  ]
}

function complete({ title, description, place }: Annotation): readonly Violation[] {
  if (title !== '' && description !== '') return []
  return [{ ...place, message: 'METADATA must have a title and a description' }]
}

/** What the gateway asks by name is named as an entrypoint where it is defined. */
function entrypoints(first: Module, sources: readonly Module[]): readonly Violation[] {
  if (first.packagePath.join('.') !== 'gateway') return []
  return sources
    .filter(({ annotations }) => !annotations.some(({ entrypoint }) => entrypoint))
    .map(({ file }) => ({
      file,
      row: 1,
      col: 1,
      message: 'the rule that the gateway asks has no METADATA with entrypoint: true',
    }))
}
