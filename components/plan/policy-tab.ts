import type { Plan } from '@/lib/plan/plan'
import { renderPolicy } from '@/lib/plan/render/policy'
import type { CodeTabsProps } from './code-tabs'

/** What whoever runs this plan must be allowed, as one more tab beside the code. */
export const policyTab = (plan: Plan): NonNullable<CodeTabsProps['more']> => ({
  name: 'IAM',
  text: renderPolicy(plan),
  fileName: 'policy.json',
  remark: 'The IAM policy that whoever runs this plan needs: its calls, its waits and its look-ups.',
})
