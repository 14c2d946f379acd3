import { cpus, totalmem } from 'node:os'

export type Row = readonly string[]

/** What a page says of the machine on which it was measured. */
export function hardware(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const where = `${cpus().length} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GB`
  return `${where}, ${process.platform}, Node.js ${process.versions.node}`
}

/** As prettier writes a table: the page is checked like any other file. */
export function table(head: Row, rows: readonly Row[]): string {
  const widths = head.map((title, at) =>
    Math.max(3, ...[title, ...rows.map((row) => row[at] ?? '')].map((cell) => cell.length)),
  )
  const line = (cells: Row): string =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`
  const rule = line(widths.map((width) => '-'.repeat(width)))
  return [line(head), rule, ...rows.map(line)].join('\n')
}
