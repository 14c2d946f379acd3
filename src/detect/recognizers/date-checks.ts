/** Whether two numbers can be a month and a day. */
export function isMonthDay(month: string | undefined, day: string | undefined): boolean {
  const m = Number(month)
  const d = Number(day)
  return m >= 1 && m <= 12 && d >= 1 && d <= 31
}

/** Parts of a whole: between them and a day in a note only a cue can tell. */
export function isFraction(text: string): boolean {
  return /^(?:1\/[2-9]|1\/1[02]|[2-9]\/10|2\/3|3\/[458]|4\/5|5\/[5-8]|[1-6]\/6|2\/2|3\/3|4\/4|7\/8)$/.test(
    text,
  )
}

// Short forms and "may", "march" are also words, codes and verbs in lower case.
const ALSO_A_WORD = /(?<!\p{L})(?:may|march|mar|sep|dec|oct|nov|sept|mars|mai)(?!\p{L})/u
const DOSE =
  /^ ?(?:mg|mcg|ml|units?|tabs?|tablets?|mmol|kg|lbs?|mm|cm|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|times|percent|patients|people|points|years?|yrs?|%)(?!\p{L})/iu
const CUE_BEFORE =
  /(?<!\p{L})(?:on|since|from|until|till|by|dated|due|seen|visit|appt|admitted|dob|born|date|last|the|\d{1,2}[a-z]{2} of)[ :,-]{1,3}(?:the )?$/iu

/** Whether a month with a day or year is meant, and not a verb with a dose ("may 5 mg"). */
export function isWrittenDate(match: RegExpExecArray, text: string): boolean {
  const end = match.index + match[0].length
  if (DOSE.test(text.slice(end, end + 12))) return false
  if (!ALSO_A_WORD.test(match[0])) return true
  return (
    /\d{4}$|'\d\d$|\d(?:st|nd|rd|th)(?!\p{L})|[-/]\d\d$/u.test(match[0]) ||
    (!match[0].startsWith('may') &&
      CUE_BEFORE.test(text.slice(Math.max(0, match.index - 16), match.index)))
  )
}

/** A day that no month can be. */
export function isDayFirst(first: string | undefined): boolean {
  return Number(first) > 12
}

const RATIO_BEFORE =
  /(?<!\p{L})(?:bp|bipap|cpap|vent|ipap|epap|psv|simv|map|va|bcva|visual acuity|acuity|iop|power|strength|pain|score|scored|gcs|(?<!(?:next|last|office|clinic|er|ed) )visit|session|lesson|week|wk|no|reflex(?:es)?|dtrs?|grade|gr|ratio|apgars?|mmse|moca|phq|bpe|murmur|pulses?|temp|sats?|insp|x|hx|nodes?|lns?|pn\d[a-c]?|n\d[a-c]?)[^\p{L}\p{N}\n]{0,3}(?:of |was |were )?$/iu
const SETTING_BEFORE =
  /(?<!\p{L})(?:vent|bipap|cpap|ac|prvc|simv|psv|ecmo|settings?|bpe|snellen)[^\p{L}\p{N}\n]{0,3}$/iu

/** Whether three numbers are how a machine is set: "VENT 20/10/12". */
export function isSetting(match: RegExpExecArray, text: string): boolean {
  return SETTING_BEFORE.test(text.slice(Math.max(0, match.index - 16), match.index))
}

/** "3/7", "2/52", "6/12": so many days, weeks and months, where a text counts weeks so. */
const SPAN_OF_TIME = /^\d{1,2}\/(?:7|12)$/

/** Whether two numbers are a pressure, a score, or how long something went on. */
export function isRatio(match: RegExpExecArray, text: string): boolean {
  const before = text.slice(Math.max(0, match.index - 24), match.index)
  if (RATIO_BEFORE.test(before)) return true
  return SPAN_OF_TIME.test(match[0]) && /(?<!\d)\d{1,2}\/52(?!\d)/.test(text)
}
