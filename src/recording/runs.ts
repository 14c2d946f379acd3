/** Numbers as runs, `[start, count, start, count]`: what is new is numbered in the order in which it comes. */
export function toRuns(numbers: readonly number[]): number[] {
  const runs: number[] = []
  let next = -1
  for (const number of numbers) {
    if (number === next) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
    else runs.push(number, 1)
    next = number + 1
  }
  return runs
}

export function fromRuns(runs: readonly number[]): number[] {
  const numbers: number[] = []
  for (let at = 0; at + 1 < runs.length; at += 2) {
    const start = runs[at] ?? 0
    const end = start + (runs[at + 1] ?? 0)
    for (let number = start; number < end; number += 1) numbers.push(number)
  }
  return numbers
}
