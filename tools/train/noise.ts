import { weighted, type Random } from './random.ts'
import type { Piece } from './template.ts'

type Change = (piece: Piece, random: Random) => string

const keep: Change = ({ text }) => text
const lower: Change = ({ text }) => text.toLowerCase()
const upper: Change = ({ text }) => text.toUpperCase()
const shoutNames: Change = ({ text, tag }) => (tag === 0 ? text : text.toUpperCase())
const lowerNames: Change = ({ text, tag }) => (tag === 0 ? text : text.toLowerCase())
const plain: Change = ({ text }) => text.normalize('NFD').replace(/\p{M}/gu, '')
const typo: Change = ({ text, tag }, random) => {
  if (text.length < 5 || (tag === 0 && random.chance(0.6))) return text
  const at = 1 + random.below(text.length - 2)
  const [a, b] = [text.charAt(at), text.charAt(at + 1)]
  if (!/[a-z]/.test(a) || !/[a-z]/.test(b)) return text
  return text.slice(0, at) + (random.chance(0.5) ? b + a : a) + text.slice(at + 2)
}

/** Writes a text the way some people do: without capitals, in capitals only, without accents, with mistakes. */
export function noisy(pieces: readonly Piece[], random: Random): readonly Piece[] {
  const change = weighted<Change>(random, [
    [64, keep],
    [10, lower],
    [10, upper],
    [2, shoutNames],
    [1.5, lowerNames],
    [8, plain],
    [3, typo],
  ])
  return pieces.map((piece) => ({ text: change(piece, random), tag: piece.tag }))
}
