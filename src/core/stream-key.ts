/** One text for one stream, which is one start (epoch) of one instance, whatever their names hold: what maps of streams are kept by. */
export function streamKey(instance: string, epoch: string | null): string {
  return JSON.stringify([instance, epoch]);
}
