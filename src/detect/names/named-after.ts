/** What is called after somebody, or after a town, and is written behind the name. */
const HEAD =
  /^(?:['’]s?)?[ -](?:\p{Lu}\p{Ll}+[ -])?(?:(?:syndromes?|disease|signs?|scores?|criteri(?:a|on)|classification|class|grade|gradings?|staging|stage|variant|phenomen(?:on|a)|fractures?|procedure|operation|repair|technique|man(?:eu|oeu|œu)v(?:er|re)s?|method|reflex|triad|tetrad|pentad|nodules?|nodes?|catheter|tube|drains?|stents?|valves?|pump|brace|collar|scale|scales|index|indices|formula|equation|stain|agar|bod(?:y|ies)|cells?|gangli(?:on|a)|ducts?|glands?|ligament|canal|angle|palsy|paralysis|chorea|ataxia|dystrophy|anemia|anaemia|anomaly|malformation|lymphoma|tumou?rs?|sarcoma|contracture|deformity|esophagus|ulcers?|cysts?|hernia|pouch|loop|graft|flap|incision|clamp|forceps|retractor|needle|speculum|blade|laryngoscope|gait|pupil|murmur|n(?:ae)?vus|spots?|lines?|protocol|regimen|cohort|guidelines?|questionnaire|inventory|doctrine|effects?|thyroiditis|enceph\p{L}+|neuralgia|neuropathy|nephritis|purpura|aphasia|apraxia|epilepsy|dementia|granuloma|fasciitis|exanthem|pneumonia|mastoiditis|orbitopathy|ophthalmopathy|arthropathy|cardiomyopathy|tachycardia|block|shunt|pacer|pacemaker|lead|sheath|wire|balloon|snare|coil|hugger|hook|buttress|frame|bed|lift|mattress|lens|chart|perimetry|tonometry|units?|test(?! results?)|viruse?s?|fever|flu|itch|tick)(?!\p{L}))/u
/** "Deauville 5", "Micra AV", "West Haven II": a figure of a scale, a model. */
const FIGURE =
  /^ (?:[IVX]{1,4}[AaBbCc]?|\d[abc]?(?:[+/-]\d)?)(?=[\s,;:.)/]|$)(?! (?:[A-Z]{2}|days?|weeks?|months?|years?|times?|hours?|of)(?!\p{L}))/u

/** Whether what stands at a place is called after the name that ends there. */
export function isNamedAfter(text: string, end: number): boolean {
  return HEAD.test(text.slice(end, end + 48))
}

/** Whether a figure of a scale stands behind the name that ends there. */
export function isScale(text: string, end: number): boolean {
  return FIGURE.test(text.slice(end, end + 24))
}
