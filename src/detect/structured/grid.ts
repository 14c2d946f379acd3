import { columnLabel, columnOf, type Column } from './labels.ts'
import { memberOf, type Branch, type List, type Marks, type Node } from './tree.ts'

const HEADERS = ['columns', 'header', 'headers', 'fields', 'cols']
const BODIES = ['rows', 'data', 'values', 'records', 'body']

/** A table as JSON has it: the names of its columns in one list, each of its rows in another. */
export function markGrid(node: Branch, marks: Marks): void {
  const header = HEADERS.map((key) => memberOf(node, key)).find((one) => one?.kind === 'array')
  const columns = header === undefined ? [] : columnsOf(header)
  if (columns.length === 0) return
  for (const key of BODIES) {
    const body = memberOf(node, key)
    if (body?.kind === 'array') markRows(body.items, columns, marks)
  }
}

/** A list of lists whose first one has the names. */
export function markRowsBelow({ items }: List, marks: Marks): void {
  const [header, ...rows] = items
  if (header?.kind !== 'array' || rows[0]?.kind !== 'array') return
  const columns = columnsOf(header)
  if (columns.length > 0) markRows(rows, columns, marks)
}

/** What the names say; nothing where none says that the table is about people. */
function columnsOf({ items }: List): readonly (Column | undefined)[] {
  const columns = items.map((item) => columnOf(nameOf(item)))
  return columns.some((column) => column?.tells === true) ? columns : []
}

function nameOf(item: Node): string {
  if (item.kind === 'leaf') return item.value
  const name = memberOf(item, 'name')
  return name?.kind === 'leaf' ? name.value : ''
}

function markRows(
  rows: readonly Node[],
  columns: readonly (Column | undefined)[],
  marks: Marks,
): void {
  for (const row of rows) {
    if (row.kind !== 'array' || row.items.length !== columns.length) continue
    for (const [index, cell] of row.items.entries()) {
      const column = columns[index]
      if (cell.kind !== 'leaf' || column === undefined || marks.has(cell.id)) continue
      const label = columnLabel(column, cell.value)
      if (label !== undefined) marks.set(cell.id, { label })
    }
  }
}
