import { ownCopy } from '../domain/index.ts'

/**
 * What an address begins with, as browsers read it: slashes may be backslashes, the scheme may be missing. Programs that
 * make links of text do so of a bare host, too, if it ends in a domain that they know (linkify-it's list).
 */
const START =
  /:[/\\]{2}|(?<![^\s"'`(=<[,;])[/\\]{2}|(?<![a-z0-9])(?:https?|ftps?|wss?|file|mailto|tel|sms|data|blob|javascript|vbscript):|(?<![a-z0-9])www\.|\]\(|(?<![\w./\\@-])(?:[a-z0-9-]{1,63}\.){1,8}(?:biz|com|edu|gov|net|org|pro|web|xxx|aero|asia|coop|info|museum|name|shop|[a-z]{2})(?::\d{1,5})?[/?#]/gi
const SCHEME = /^[a-z][a-z0-9+.-]{0,30}:[/\\]/i
/** Only white space of ASCII ends an address for every reader. */
const RUN_END = /[ \t\r\n\f\v]/
const ATTRIBUTE = /([\w:-]{1,40})\s{0,8}=\s{0,8}$/
/** Attributes of HTML that hold an address, or a text in which one works. */
const ADDRESS_ATTRIBUTE =
  /^(?:src|srcset|srcdoc|href|xlink:href|action|formaction|poster|background|cite|ping|data|style|manifest|longdesc|on\w+)$/i

/** What is kept of a text to tell an attribute by, of a value to tell an address by, of a run without a space. */
const TAIL = 64
const HEAD = 64
const LONGEST_RUN = 2048
/** As long as a host may be, so that none is missed that stands where a long run is cut. */
const RUN_OVERLAP = 272
const LONGEST_UNREAD = 4096

/** The value of an attribute, or what stands in angle brackets, that is not at its end yet. */
interface Opened {
  readonly named: boolean
  /** How it begins, without white space. */
  head: string
}

/**
 * Tells whether the place at which a text has arrived is in an address: in running text, as a target of Markdown, in an
 * attribute of HTML. A value that is restored there would leave with whoever opens or renders it, so in doubt it counts
 * as one. Its memory is bounded, and it is linear in the text, however that is cut.
 */
export class AddressReader {
  #unread = ''
  #tail = ''
  #run = ''
  /** Up to here the run was looked at before. */
  #seen = 0
  #isAddress = false
  #isTarget = false
  #inAngles: Opened | undefined
  readonly #values = new Map<string, Opened>()

  push(text: string): void {
    this.#unread += ownCopy(text)
    if (this.#unread.length > LONGEST_UNREAD) this.#read()
  }

  /** Whether what comes next stands in an address. */
  inside(): boolean {
    this.#read()
    return (
      this.#isTarget ||
      this.#isRunAddress() ||
      isAddress(this.#inAngles) ||
      [...this.#values.values()].some(isAddress)
    )
  }

  /** What came last, at most so many characters (64). */
  last(length: number): string {
    this.#read()
    return this.#tail.slice(-length)
  }

  #read(): void {
    const text = this.#tail + this.#unread
    for (let at = this.#tail.length; at < text.length; at += 1) {
      const sign = text.charAt(at)
      this.#readRun(sign)
      this.#readBrackets(sign, text.charAt(at - 1))
      for (const [quote, value] of this.#values) if (quote !== sign) extend(value, sign)
      if (sign === '"' || sign === "'")
        this.#readQuote(sign, text.slice(Math.max(0, at - TAIL), at))
    }
    this.#tail = ownCopy(text.slice(-TAIL))
    this.#unread = ''
  }

  #readRun(sign: string): void {
    if (RUN_END.test(sign)) {
      this.#run = ''
      this.#seen = 0
      this.#isAddress = false
      return
    }
    this.#run += sign
    if (this.#run.length < LONGEST_RUN) return
    this.#isAddress = this.#isRunAddress()
    this.#run = ownCopy(this.#run.slice(-2 * RUN_OVERLAP))
    this.#seen = RUN_OVERLAP
  }

  #isRunAddress(): boolean {
    if (this.#isAddress) return true
    START.lastIndex = this.#seen
    return START.test(this.#run)
  }

  #readBrackets(sign: string, before: string): void {
    if (sign === ')' || sign === '\n') this.#isTarget = false
    else if (sign === '(' && before === ']') this.#isTarget = true
    if (sign === '<') this.#inAngles = { named: false, head: '' }
    else if (sign === '>' || sign === '\n') this.#inAngles = undefined
    else extend(this.#inAngles, sign)
  }

  #readQuote(quote: string, before: string): void {
    this.#values.delete(quote)
    const name = ATTRIBUTE.exec(before)?.[1]
    if (name !== undefined)
      this.#values.set(quote, { named: ADDRESS_ATTRIBUTE.test(name), head: '' })
  }
}

function extend(opened: Opened | undefined, sign: string): void {
  if (opened === undefined || opened.head.length === HEAD) return
  if (opened.head !== '' || sign.trim() !== '') opened.head += sign
}

function isAddress(opened: Opened | undefined): boolean {
  if (opened === undefined) return false
  if (opened.named || SCHEME.test(opened.head)) return true
  START.lastIndex = 0
  return START.exec(opened.head)?.index === 0
}
