import 'server-only'
import { currentTarget } from '@/lib/target/current'
import { holeFromError } from '@/lib/target/hole'
import { RunRefused } from './run-refused'

/** What could not be read, as a reason why nothing was done. */
export async function orRefused<T>(operation: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof RunRefused) throw error
    const hole = holeFromError(error, { operation, subject: null }, currentTarget().settings, Date.now())
    throw new RunRefused({ code: hole.errorName, message: hole.message, remedy: hole.remedy })
  }
}
