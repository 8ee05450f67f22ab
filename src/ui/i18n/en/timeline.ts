// English of the timeline.
export const timeline = {
  label: 'Timeline',
}
