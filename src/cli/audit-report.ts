import { join } from 'node:path'
import { Command } from 'commander'
import { GatewayError } from '../domain/index.ts'
import { activityOf, activityReport, parseQuery } from '../record/index.ts'
import { addPlaces, placesOf, type PlaceFlags } from './data-dir.ts'
import { fail } from './process.ts'

interface ReportFlags extends PlaceFlags {
  readonly from?: string
  readonly to?: string
  readonly json?: boolean
}

/** `phigate audit report`: what happened week by week, from the files of the log. */
export function reportCommand(): Command {
  return addPlaces(new Command('report'))
    .description('what happened, week by week')
    .option('--from <time>', 'records of this day or time, or later')
    .option('--to <time>', 'records before this day or time')
    .option('--json', 'as data')
    .allowExcessArguments(false)
    .action(async ({ from, to, json, ...flags }: ReportFlags) => {
      const { dataDir } = placesOf(flags, 'audit report')
      try {
        const times = parseQuery({ from, to })
        const weeks = await activityOf(join(dataDir, 'audit'), times.from, times.to)
        process.stdout.write(
          json === true ? `${JSON.stringify(weeks, undefined, 2)}\n` : activityReport(weeks),
        )
      } catch (error) {
        if (error instanceof GatewayError) fail('audit report', error.message)
        throw error
      }
    })
}
