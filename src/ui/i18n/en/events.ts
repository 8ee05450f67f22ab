// English of the events.
export const events = {
  label: 'Events',
}
