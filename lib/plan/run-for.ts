import type { Role } from '@/lib/access/role'
import { maskSecrets } from '@/lib/inventory/mask'
import type { Run } from './run-state'

/** A run as somebody may see it: viewers see no environment values. */
export const runFor = (role: Role, run: Run): unknown => (role === 'operator' ? run : maskSecrets(run))
