/** A roster that cannot be read or made. The message names files, lines and columns' numbers, never a value. */
export class RosterError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RosterError'
  }
}
