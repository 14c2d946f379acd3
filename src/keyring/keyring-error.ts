/** A keyring that cannot be used or changed. The message names files, ids and purposes, never a secret. */
export class KeyringError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'KeyringError'
  }
}
