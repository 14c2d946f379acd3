/** The tags of the tagger; a token has one. Two names side by side are one run. */
export const OUTSIDE = 0
export const PERSON = 1
export const PLACE = 2
export const FACILITY = 3
/** How many there are. */
export const TAGS = 4
