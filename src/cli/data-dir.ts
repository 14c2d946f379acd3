import { Option } from 'commander'

/** Where the gateway keeps its data. */
export function dataDirOption(): Option {
  return new Option('--data-dir <dir>', 'where the gateway keeps its data')
    .env('PHIGATE_DATA_DIR')
    .default('.phigate')
}
