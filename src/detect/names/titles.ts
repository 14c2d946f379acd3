const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Words before a name that are no part of it, in lower case. */
export const TITLES = list(`
  dr drs doctor doc mr mrs ms miss mx mister missus madam sir prof professor nurse rev reverend hon judge fr
  herr frau señor señora senor senora sra dra mme mlle monsieur madame capt sgt lt patient pt`)

/** Letters after a name that are no part of it, in capitals and without dots. */
export const CREDENTIALS = list(`
  MD DO RN NP PA PAC LPN LVN CNA APRN FNP DNP CRNA CNM CNS BSN MSN PHD PHARMD RPH DDS DMD DPM OD DVM DC PT DPT OT OTR
  SLP LCSW LMSW MSW LMFT LPC PSYD MPH MBA MS MA BS BA MBBS MBCHB FRCS FRCP MRCP FACP FACS FACC FAAP FACOG ESQ JD RD LD
  CCC EMT RT RRT CMA`)

/** What tells two bearers of one name apart, in lower case. */
export const SUFFIXES = list('jr sr ii iii iv')
