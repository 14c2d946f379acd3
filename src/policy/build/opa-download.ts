import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { sha256 } from '../bundle.ts'
import { PolicyError } from '../policy-error.ts'

export const RELEASES_URL = 'https://github.com/open-policy-agent/opa/releases/download'

/** `tools/opa-releases.json`: the digests of the official binaries, by Node's platform and architecture. */
export interface ReleasePins {
  readonly version: string
  readonly sha256: Readonly<Record<string, string>>
}

export interface DownloadRequest {
  readonly version: string
  /** `linux-x64`: Node's platform and architecture. */
  readonly platform: string
  readonly pins: ReleasePins
  /** A digest that the operator vouches for; it goes before the pins. */
  readonly operatorPin?: string | undefined
  readonly baseUrl: string
  /** Absolute path of the binary to be. */
  readonly target: string
}

const ASSETS: Readonly<Record<string, string>> = {
  'linux-x64': 'opa_linux_amd64_static',
  'linux-arm64': 'opa_linux_arm64_static',
  'darwin-x64': 'opa_darwin_amd64',
  'darwin-arm64': 'opa_darwin_arm64_static',
  'win32-x64': 'opa_windows_amd64.exe',
}

const MOST_BYTES = 256 * 1024 * 1024

/**
 * Downloads the official binary. Nothing is asked for without a digest, and nothing is written that does not have it.
 * @throws PolicyError
 */
export async function downloadOpa(request: DownloadRequest): Promise<void> {
  const asset = ASSETS[request.platform]
  if (asset === undefined) throw new PolicyError(`no release of OPA for ${request.platform}`)
  const digest = pinOf(request)
  const bytes = await fetchBytes(`${request.baseUrl}/v${request.version}/${asset}`, asset)
  if (sha256(bytes) !== digest) {
    throw new PolicyError(`${asset} does not have the pinned SHA-256 digest; nothing was installed`)
  }
  install(bytes, request.target)
}

function pinOf({ operatorPin, pins, platform, version }: DownloadRequest): string {
  if (operatorPin === undefined && pins.version !== version) {
    throw new PolicyError(`tools/opa-releases.json is for OPA ${pins.version}, not ${version}`)
  }
  const digest = operatorPin ?? pins.sha256[platform]
  if (digest === undefined) {
    throw new PolicyError(`no digest pinned for ${platform} in tools/opa-releases.json`)
  }
  if (!/^[0-9a-f]{64}$/i.test(digest)) {
    throw new PolicyError(`the digest pinned for ${platform} is not a SHA-256 in hexadecimal`)
  }
  return digest.toLowerCase()
}

async function fetchBytes(url: string, asset: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(300_000) })
    if (!response.ok || response.body === null) {
      await response.body?.cancel()
      throw new PolicyError(`the server answered ${response.status} for ${asset}`)
    }
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of response.body) {
      size += chunk.byteLength
      if (size > MOST_BYTES) throw new PolicyError(`${asset} is larger than ${MOST_BYTES} bytes`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof PolicyError) throw error
    throw new PolicyError(`${asset} could not be fetched`, error)
  }
}

function install(bytes: Uint8Array, target: string): void {
  const temporary = `${target}.${process.pid}.tmp`
  mkdirSync(dirname(target), { recursive: true })
  try {
    writeFileSync(temporary, bytes)
    chmodSync(temporary, 0o755)
    renameSync(temporary, target)
  } finally {
    rmSync(temporary, { force: true })
  }
}
