import { chromium, type Browser } from 'playwright-core'
import { findChromium } from '../../tools/suite/chromium.ts'

/** Starts the system's Chromium without a window. @throws Error where there is none */
export function startChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: set CHROMIUM to its path')
  // Its sandbox does not run as root, which is what containers often are; the pages here are our own.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
}
