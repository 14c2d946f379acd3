/**
 * Writes src/schema/types.ts from schemas/*.schema.json.
 * With --check it writes nothing and exits 1 when the file in the tree differs.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile } from 'json-schema-to-typescript'

const schemas = fileURLToPath(new URL('../schemas/', import.meta.url))
const target = fileURLToPath(new URL('../src/schema/types.ts', import.meta.url))

const files = readdirSync(schemas)
  .filter((name) => name.endsWith('.schema.json') && name !== 'common.schema.json')
  .toSorted()

// One root that names every schema, so that what they share is emitted once.
const root = {
  title: 'Schemas',
  type: 'object' as const,
  additionalProperties: false,
  properties: Object.fromEntries(files.map((name) => [name, { $ref: name }])),
}

const generated = await compile(root, 'Schemas', {
  cwd: schemas,
  bannerComment: '// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.',
  style: { printWidth: 100, singleQuote: true, semi: false },
})

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== generated) {
    console.error('src/schema/types.ts is not what the schemas say: run npm run generate')
    process.exit(1)
  }
} else {
  writeFileSync(target, generated)
}
