import { columnLabel, columnOf } from './labels.ts'
import { itemsOf, memberOf, type Leaf, type Marks, type Node } from './tree.ts'

const MAX_DEPTH = 60

/** Tables of HTML and of C-CDA's narrative text: what the first row calls a column names what is below. */
export function markHtmlTables(node: Node, marks: Marks, depth = 0): void {
  if (node.kind === 'leaf' || depth > MAX_DEPTH) return
  if (node.kind === 'array') {
    for (const item of node.items) markHtmlTables(item, marks, depth + 1)
    return
  }
  for (const { key, value } of node.members) {
    if (key === 'table') for (const table of itemsOf(value)) markTable(table, marks)
    markHtmlTables(value, marks, depth + 1)
  }
}

function markTable(table: Node, marks: Marks): void {
  const parts = ['thead', 'tbody'].flatMap((key) => itemsOf(memberOf(table, key)))
  const rows = [...parts, table].flatMap((part) => itemsOf(memberOf(part, 'tr')))
  const [header, ...body] = rows.map(cellsOf)
  const columns = (header ?? []).map((cell) => columnOf(cell?.value.trim() ?? ''))
  if (!columns.some((column) => column?.tells === true)) return
  for (const row of body) {
    for (const [index, cell] of row.entries()) {
      const column = columns[index]
      const label =
        cell === undefined || column === undefined
          ? undefined
          : columnLabel(column, cell.value.trim())
      if (cell !== undefined && label !== undefined) marks.set(cell.id, { label })
    }
  }
}

/** The text of each cell; undefined for a cell that is empty or holds more than a text. */
function cellsOf(row: Node): readonly (Leaf | undefined)[] {
  return ['th', 'td'].flatMap((key) =>
    itemsOf(memberOf(row, key)).map((cell) => {
      const inside = cell.kind === 'leaf' ? cell : memberOf(cell, '#text')
      return inside?.kind === 'leaf' ? inside : undefined
    }),
  )
}
