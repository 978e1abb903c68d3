import { z } from 'zod'

const id = (prefix: string, thing: string) =>
  z
    .string()
    .max(64, 'An id has at most 64 characters.')
    .regex(new RegExp(`^${prefix}-[A-Za-z0-9-]+$`), `This is no ${thing} id.`)

const distinct = (ids: readonly string[]) => new Set(ids).size === ids.length

/** ECS API reference, AwsVpcConfiguration. */
export const networkInput = z.object({
  subnets: z
    .array(id('subnet', 'subnet'))
    .min(1, 'Choose at least one subnet.')
    .max(16, 'At most 16 subnets.')
    .refine(distinct, 'A subnet is listed twice.'),
  /** Empty: the VPC's default group. */
  securityGroups: z
    .array(id('sg', 'security group'))
    .max(5, 'At most 5 security groups.')
    .refine(distinct, 'A security group is listed twice.'),
  assignPublicIp: z.boolean(),
})

export type NetworkInput = z.infer<typeof networkInput>
