/** Stands before the id of what was done alone, outside of any plan: there is no page of a run to lead to. */
const mark = 'alone-'

export const soloRunId = (id: string): string => `${mark}${id}`

export const isSolo = (runId: string): boolean => runId.startsWith(mark)
