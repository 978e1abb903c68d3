/** What somebody may do. Each role may do what the one before it may. */
export const roles = ['anonymous', 'viewer', 'operator'] as const

export type Role = (typeof roles)[number]

/** Whether somebody in role `held` may do what needs `needed`. */
export function allows(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed)
}
