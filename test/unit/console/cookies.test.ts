import assert from 'node:assert/strict'
import type { Response } from 'express'
import { cookiesFor } from '../../../src/console/cookies.ts'

describe('cookies of the console', () => {
  function setBy(url: string): string {
    const lines: string[] = []
    const response = { append: (_name: string, line: string) => lines.push(line) }
    cookiesFor(new URL(url)).set(response as unknown as Response, 'session', 'v')
    return lines.join('\n')
  }

  it('are for https alone and this host alone where the console is on https', () => {
    const line = '__Host-phigate-session=v; Path=/; HttpOnly; SameSite=Lax; Secure'
    assert.equal(setBy('https://console.example'), line)
  })

  it('are plain on loopback, where there is no https', () => {
    assert.equal(
      setBy('http://127.0.0.1:8081'),
      'phigate-session=v; Path=/; HttpOnly; SameSite=Lax',
    )
  })
})
