import { createHash } from 'node:crypto'

/**
 * The idempotency token of one step of one intent: made from both, so that no crash between making and keeping it can lose it. 36
 * characters, the most that `clientToken` of ECS CreateService takes; Cloud Map's `CreatorRequestId` takes 64 (API references).
 */
export function tokenOf(intentId: string, stepId: string, generation: number): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([intentId, stepId, generation]))
    .digest('hex')
  return `swb-${digest.slice(0, 32)}`
}
