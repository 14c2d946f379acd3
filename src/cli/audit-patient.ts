import { text } from 'node:stream/consumers'
import { Command, Option } from 'commander'
import { KeyringError, readKeyring } from '../keyring/index.ts'
import { foldValue, patientDigests } from '../mask/index.ts'
import { addPlaces, placesOf, type PlaceFlags } from './data-dir.ts'
import { fail } from './process.ts'

const TYPES = ['MEDICAL_RECORD_NUMBER', 'HEALTH_PLAN_ID'] as const

/**
 * `phigate audit patient`: the digest under which records know a patient. The number comes on standard input, so that
 * it is in no list of processes and no history of a shell.
 */
export function patientCommand(): Command {
  return addPlaces(new Command('patient'))
    .description(
      'read the number of a patient from standard input and print what records call the patient',
    )
    .addOption(new Option('--type <type>', 'what the number is').choices(TYPES).default(TYPES[0]))
    .allowExcessArguments(false)
    .action(async ({ type, ...flags }: PlaceFlags & { type: (typeof TYPES)[number] }) => {
      const { keyring } = placesOf(flags, 'audit patient')
      const number = (await text(process.stdin)).trim()
      if (number === '') fail('audit patient', 'there is no number on standard input')
      try {
        // Records of before a rotation have the digests of the key of that time.
        for (const { id, secret, purpose, state } of readKeyring(keyring).keys) {
          if (purpose !== 'patient') continue
          const digest = patientDigests({ id, secret: secret.reveal() })
          process.stdout.write(`${digest(`${type} ${foldValue(type, number)}`)}\t${id}\t${state}\n`)
        }
      } catch (error) {
        if (error instanceof KeyringError) fail('audit patient', error.message, 1)
        throw error
      }
    })
}
