import type { PlanStep, Refused } from '@/lib/plan/plan'

/** AWS's ways to say that the caller may not: ECS and Cloud Map, EC2, STS. */
const deniedCodes: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'NotAuthorized',
  'ForbiddenException',
])

export const isDenied = (error: Refused): boolean => deniedCodes.has(error.code)

/** The statement to add to the caller's policy, when a step failed because something is not allowed; null otherwise. */
export function permissionLine(step: PlanStep, error: Refused): string | null {
  if (!isDenied(error)) return null
  // AWS names the action it refused; when it does not, all that the step needs is asked for.
  const named = step.permissions.filter((action) => error.message.includes(action))
  const actions = named.length > 0 ? named : step.permissions
  return `{ "Effect": "Allow", "Action": [${actions.map((action) => JSON.stringify(action)).join(', ')}], "Resource": "*" }`
}
