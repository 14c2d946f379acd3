import type { Finding } from '../../domain/index.ts'
import type { Cell, Range, Region } from './region.ts'

/**
 * Fits findings that were made without knowing the syntax into it: outside of the regions they stay, inside they are cut
 * at the edges of cells. In a cell that has been read otherwise they are dropped, in a plain one unless they were
 * validated or configured. A guess that reaches out of its cell took the syntax for words, and is dropped as well.
 * @param read the cells that were read otherwise
 */
export function fitTo(
  text: string,
  findings: readonly Finding[],
  regions: readonly Region[],
  read: ReadonlySet<Cell>,
): readonly Finding[] {
  const kept: Finding[] = []
  let first = 0
  let cell = 0
  for (const finding of findings.toSorted((a, b) => a.start - b.start)) {
    while ((regions[first]?.end ?? Infinity) <= finding.start) {
      first += 1
      cell = 0
    }
    let at = finding.start
    for (let index = first; at < finding.end; index += 1) {
      const region = regions[index]
      if (region === undefined || region.start >= finding.end) break
      push(kept, text, finding, { start: at, end: region.start })
      const cells = region.cells
      let next = index === first ? cell : 0
      while ((cells[next]?.end ?? Infinity) <= finding.start) next += 1
      if (index === first) cell = next
      for (; (cells[next]?.start ?? Infinity) < finding.end; next += 1) {
        const one = cells[next]
        if (one === undefined || read.has(one) || !fits(text, finding, one)) continue
        push(kept, text, finding, {
          start: Math.max(finding.start, one.start),
          end: Math.min(finding.end, one.end),
        })
      }
      at = Math.max(at, region.end)
    }
    push(kept, text, finding, { start: at, end: finding.end })
  }
  return kept
}

/**
 * What was validated or configured counts among codes as well, if the code is all of it. Of guesses, those that have a
 * capital: a cell has no sentence that would show a name typed small.
 */
function fits(text: string, { basis, start, end }: Finding, cell: Cell): boolean {
  const inside = start >= cell.start && end <= cell.end
  if (cell.plain === true) return inside && (basis === 'validated' || basis === 'field')
  if (basis !== 'guess') return true
  return inside && /[\p{Lu}\p{Lo}]/u.test(text.slice(start, end))
}

function push(kept: Finding[], text: string, finding: Finding, { start, end }: Range): void {
  if (end <= start) return
  const whole = start === finding.start && end === finding.end
  if (whole || /[\p{L}\p{N}]/u.test(text.slice(start, end))) kept.push({ ...finding, start, end })
}
