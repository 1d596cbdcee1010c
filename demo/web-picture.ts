// Pictures that the package brings, as small as they get without being seen to: 128 colours, then WebP without loss, a third of a PNG. ffmpeg makes them;
// on Debian: apt-get install ffmpeg.
import { spawnSync } from 'node:child_process';

const COLOURS = 128;

/** @param input what ffmpeg reads the picture from, one frame or many, as its own arguments */
export function encodeWebp(input: readonly string[], file: string): void {
  const palette = `split[frames][all];[all]palettegen=max_colors=${COLOURS}:stats_mode=full[palette];[frames][palette]paletteuse=dither=none,format=rgb24`;
  const args = ['-nostdin', '-y', '-loglevel', 'error', ...input, '-vf', palette, '-c:v', 'libwebp_anim', '-lossless', '1', '-compression_level', '6', '-loop', '0', file];
  const { status, error, stderr } = spawnSync('ffmpeg', args, { encoding: 'utf8' });
  if (error !== undefined) throw new Error('The pictures of the package need ffmpeg; on Debian: apt-get install ffmpeg.');
  if (status !== 0) throw new Error(`ffmpeg could not make ${file}: ${stderr}`);
}
