import assert from 'node:assert/strict'
import { typed } from './table.ts'

describe('names of files', () => {
  const found: readonly (readonly [text: string, findings: readonly string[]])[] = [
    ['The file John_Smith_DOB_01-02-1980.pdf failed', ['PERSON John_Smith', 'DATE 01-02-1980']],
    ['-rw-r--r-- 1 root root 812 Jane_Roe_discharge.pdf', ['PERSON Jane_Roe']],
    ['GarciaMaria_CT_chest.jpg', ['PERSON GarciaMaria']],
    ['scp: /out/Jane_Roe_19750611.pdf failed', ['PERSON Jane_Roe', 'DATE 19750611']],
    ['open /out/Jane_Roe_1966-02-14/echo.pdf', ['PERSON Jane_Roe', 'DATE 1966-02-14']],
    ['see attached smith_john_2023.pdf', ['PERSON smith_john']],
  ]
  it('are read by their words', () => {
    for (const [text, findings] of found) assert.deepEqual(typed(text), findings)
  })

  it('tell of nobody where they are about things', () => {
    const names = [
      'plot_results_final.png',
      'user_guide_v2.pdf',
      'May_report_2024.xlsx',
      'Q3_Summary.docx',
      'requirements-dev.txt',
      'hospital_list.csv',
      'JohnSmithParser.java',
    ]
    for (const [index, name] of names.entries()) {
      assert.deepEqual(typed(`open ${name} now`), [], `name ${index}`)
    }
  })
})
