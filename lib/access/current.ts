import 'server-only'
import { processWide } from '@/lib/target/process-wide'
import { type AccessSettings, accessFromEnv } from './settings'

/** The access rules that the console was started with. */
export function currentAccess(): AccessSettings {
  return processWide('access', () => accessFromEnv(process.env))
}
