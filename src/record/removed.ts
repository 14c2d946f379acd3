const KIND = Buffer.from('"kind":"retention"')

/** The last record that a line says retention removed; 0 where it says nothing of it. The line MUST have been checked. */
export function removedThrough(line: Buffer): number {
  // Most lines are of other kinds, and one search of bytes tells.
  if (!line.includes(KIND)) return 0
  const record = JSON.parse(line.toString('utf8')) as {
    custom: { kind: string; removed?: { last: number } }
  }
  return record.custom.kind === 'retention' ? (record.custom.removed?.last ?? 0) : 0
}
