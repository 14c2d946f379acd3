import assert from 'node:assert/strict'

/** A text of some length that says the same again and again. */
export const repeated = (unit: string) => (length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

/** Words that are all different and all have a capital. */
export function differentWords(length: number): string {
  const words: string[] = []
  for (let total = 0, n = 0; total < length; n += 1) {
    const word = `W${n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)))}`
    words.push(word)
    total += word.length + 1
  }
  return words.join(' ').slice(0, length)
}

/** The shortest of some runs, in milliseconds of this thread: what else the machine does must not count. */
export function shortest(work: () => void, runs: number): number {
  let best = Infinity
  for (let run = 0; run < runs; run += 1) {
    const start = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(start)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

/** Times too short to measure are linear enough. */
export const NOISE_MS = 8
/** Four times the text: a linear scan takes 4 times as long, a quadratic one 16 times. */
const LIMIT = 9

/** Asserts that four times the text takes no more than nine times as long. */
export function assertLinear(
  name: string,
  work: (text: string) => void,
  textOf: (length: number) => string,
  rounds = 8,
  length = 30_000,
): void {
  let ratio = Infinity
  // The first runs of a pattern are interpreted: they would make the shorter text look slow.
  for (let warm = 0; warm < 3; warm += 1) work(textOf(2_000))
  // A garbage collection can spoil a pair of runs, not eight, of which the later ones are repeated more often.
  for (let runs = 1; runs <= rounds && ratio >= LIMIT; runs += 1) {
    const [part, whole] = [textOf(length), textOf(4 * length)]
    const shorter = shortest(() => work(part), runs)
    const longer = shortest(() => work(whole), runs)
    ratio = longer < NOISE_MS ? 0 : longer / Math.max(shorter, NOISE_MS / 4)
  }
  assert.ok(ratio < LIMIT, `${name}: four times the text took ${ratio.toFixed(1)} times as long`)
}
