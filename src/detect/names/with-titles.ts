import type { Finding } from '../../domain/index.ts'

/** What stands before a name and is masked with it: "Dr. Ng", as those who label such texts do. */
const TITLE =
  /(?:^|[^\p{L}\p{N}_])((?:Drs?|DRS?|dr|Mrs?|MRS?|mrs?|Ms|MS|ms|Mx|Miss|Prof)(?:\. ?| ))$/u
const LONGEST = 7

/**
 * Takes the title before a name into its finding, whatever found the name: the same name is masked the same way in a
 * sentence and where it stands alone. The findings are those of one text, in order, without overlaps.
 */
export function withTitles(text: string, findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(({ type }) => type === 'PERSON')) return findings
  return findings.map((finding, index) => {
    if (finding.type !== 'PERSON') return finding
    const from = Math.max(findings[index - 1]?.end ?? 0, finding.start - LONGEST)
    const title = TITLE.exec(text.slice(from, finding.start))?.[1] ?? ''
    return title === '' ? finding : { ...finding, start: finding.start - title.length }
  })
}
