import { Argument, Command, Option } from 'commander'
import {
  changeKeyring,
  createKeyring,
  KeyringError,
  mintAt,
  newKeyring,
  PURPOSES,
  readKeyring,
  retireKey,
  rotateKey,
  type Key,
  type Keyring,
} from '../keyring/index.ts'
import { addPlaces, placesOf, type PlaceFlags } from './data-dir.ts'
import { fail } from './process.ts'
import { publicKeysIn } from './public-keys.ts'

/** `phigate keys`: phigate's own keys. What is printed are ids, purposes, states and dates, never a secret. */
export function keysCommand(): Command {
  const keys = new Command('keys').description("phigate's own keys")
  keys.addCommand(
    subcommand('init', 'make a keyring with a key for every purpose').action(
      run((file) => createKeyring(file, newKeyring(mintAt(new Date())))),
    ),
  )
  keys.addCommand(subcommand('status', 'list the keys').action(run(readKeyring)))
  keys.addCommand(
    subcommand('public', 'print what checkpoints of the audit log are verified with').action(
      run(readKeyring, (keyring) => {
        process.stdout.write(`${JSON.stringify(publicKeysIn(keyring), undefined, 2)}\n`)
      }),
    ),
  )
  keys.addCommand(
    subcommand('rotate', 'make a new active key; the one before stays accepted')
      .addOption(
        new Option('--purpose <purpose>', 'what the key is for')
          .choices(PURPOSES)
          .makeOptionMandatory(),
      )
      .action(
        run(
          (file, { purpose }: { purpose: Key['purpose'] }) =>
            changeKeyring(file, (keyring) => rotateKey(keyring, purpose, mintAt(new Date()))),
          listChanged,
        ),
      ),
  )
  const retire = subcommand('retire', 'end the use of an accepted key').addArgument(
    new Argument('<id>', 'as `keys status` lists it'),
  )
  return keys.addCommand(
    retire.action((id: string, flags: PlaceFlags) =>
      run((file) => changeKeyring(file, (keyring) => retireKey(keyring, id)), listChanged)(flags),
    ),
  )
}

function subcommand(name: string, description: string): Command {
  return addPlaces(new Command(name)).description(description).allowExcessArguments(false)
}

/** Does something with the keyring and shows what it is then. */
function run<F>(
  work: (file: string, flags: F) => Keyring,
  show: (keyring: Keyring) => void = list,
): (flags: PlaceFlags & F) => void {
  return (flags) => {
    const { keyring } = placesOf(flags, 'keys')
    try {
      show(work(keyring, flags))
    } catch (error) {
      if (error instanceof KeyringError) fail('keys', error.message, 1)
      throw error
    }
  }
}

function listChanged(keyring: Keyring): void {
  list(keyring)
  process.stderr.write('A running gateway takes this over with SIGHUP; then back the keyring up.\n')
}

function list({ keys }: Keyring): void {
  for (const { id, purpose, state, createdAt } of keys) {
    process.stdout.write(`${[id, purpose, state, createdAt].join('\t')}\n`)
  }
}
