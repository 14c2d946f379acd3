import { matchesOf } from '../matches.ts'
import type { Hit, Recognizer } from '../recognizer.ts'

const URL_START =
  /(?<![\p{L}\p{N}_])(?:(?:https?|ftp):\/\/|www\.(?=[\p{L}\p{N}]))[^\s<>"'`{}|\\^[\]\p{Cc}]+/giu

/** Web addresses, whole, without the punctuation of the sentence they stand in. */
export const URL_ADDRESS: Recognizer = {
  name: 'url',
  type: 'URL',
  needs: 'nothing',
  find({ text }, recall) {
    if (recall === 'lenient') return []
    return matchesOf(text, URL_START).flatMap((match): Hit[] => {
      const length = trimmedLength(match[0])
      const end = match.index + length
      return length > 8 ? [{ start: match.index, end, score: 0.7, basis: 'pattern' }] : []
    })
  },
}

function trimmedLength(url: string): number {
  let end = url.length
  let open = url.split('(').length
  let close = url.split(')').length
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1)
    if (last === ')') {
      if (close <= open) break
      close -= 1
    } else if (last === '(') {
      open -= 1
    } else if (!'.,;:!?*_'.includes(last)) break
  }
  return end
}
