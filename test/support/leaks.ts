import assert from 'node:assert/strict'

/** Every text that a reader can get out of some bytes: as they are, unescaped, and what JSON and base64 in them hold. */
function textsIn(bytes: string): string[] {
  const texts = [bytes]
  const look = (value: unknown, depth: number): void => {
    if (depth > 12) return
    if (typeof value === 'string') {
      texts.push(value, value.normalize('NFKC'))
      for (const inner of insides(value)) look(inner, depth + 1)
    } else if (Array.isArray(value)) {
      for (const item of value) look(item, depth + 1)
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        texts.push(key)
        look(item, depth + 1)
      }
    } else texts.push(String(value))
  }
  for (const line of [bytes, ...bytes.split('\n')])
    for (const inner of insides(line)) look(inner, 0)
  return texts
}

function insides(text: string): unknown[] {
  const found: unknown[] = []
  if (/^\s*[[{]/.test(text)) {
    try {
      found.push(JSON.parse(text))
    } catch {
      // Not JSON: it was looked at as a text.
    }
  }
  if (/^[A-Za-z0-9+/]{12,}={0,2}$/.test(text))
    found.push(Buffer.from(text, 'base64').toString('utf8'))
  return found
}

/**
 * Asserts that no secret occurs in any of the named places; names the secret by its position only.
 * @throws RangeError for a secret that ciphertext and digests hold by chance.
 */
export function assertNowhere(
  secrets: readonly string[],
  places: Readonly<Record<string, string>>,
): void {
  for (const [index, secret] of secrets.entries()) {
    if (Buffer.byteLength(secret) < 5) throw new RangeError(`secret ${index} is too short`)
  }
  for (const [place, bytes] of Object.entries(places)) {
    const texts = textsIn(bytes)
    for (const [index, secret] of secrets.entries()) {
      const raw = Buffer.from(secret, 'utf8').toString('latin1')
      // A few digits or letters in a row stand in any digest or ciphertext: such a secret counts where it stands alone.
      const alone = /^(?:\d+|[A-Za-z]{5,6})$/.test(secret)
        ? new RegExp(`(?<![0-9A-Za-z])${secret}(?![0-9A-Za-z])`)
        : undefined
      const found = texts.some(
        (text) => alone?.test(text) ?? (text.includes(secret) || text.includes(raw)),
      )
      assert.ok(!found, `secret ${index} occurs in ${place}`)
    }
  }
}

/** Everything that is written to this process's standard streams from now on. */
export function captureOutput(): { text(): string; release(): void } {
  let text = ''
  const restore = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream)
    const spy = (chunk: unknown, ...rest: unknown[]): boolean => {
      text += typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8')
      return Reflect.apply(write, stream, [chunk, ...rest]) as boolean
    }
    stream.write = spy
    return () => {
      stream.write = write
    }
  })
  return {
    text: () => text,
    release: () => {
      for (const undo of restore) undo()
    },
  }
}
