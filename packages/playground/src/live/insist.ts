import { type Receipt, type Saying, type Seat, ServiceError } from '@mechane/client';
import { randomName } from './random-name.ts';

/** Milliseconds before something is said again whose way was barred for longer than the client is patient. */
const pause = 2_000;

/**
 * Says something, and goes on saying it as long as the service cannot be reached, however long that is. It counts once.
 *
 * @throws ServiceError with the code of the service where it refuses the message.
 */
export async function insist(seat: Seat, message: unknown, saying: Saying): Promise<Receipt> {
  const key = randomName();
  for (;;) {
    try {
      return await seat.submit(message, { ...saying, key });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'unreachable') throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      saying.signal?.throwIfAborted();
    }
  }
}
