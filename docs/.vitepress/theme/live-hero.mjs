import { withBase } from 'vitepress';
import { defineComponent, h, onMounted, onUnmounted, ref } from 'vue';

/** The auction of the playground in place of the picture of the first page; its height follows what it says. */
export default defineComponent({
  name: 'LiveHero',
  setup() {
    const [frame, height] = [ref(), ref(470)];
    let timer;
    const follow = () => {
      const auction = frame.value?.contentDocument?.querySelector('.live');
      if (auction) height.value = Math.ceil(auction.getBoundingClientRect().bottom) + 8;
    };
    onMounted(() => {
      timer = setInterval(follow, 300);
    });
    onUnmounted(() => clearInterval(timer));
    return () =>
      h('iframe', {
        ref: frame,
        class: 'live-hero',
        title: 'An auction to try: drag a bid, and the price follows',
        src: `${withBase('/playground/')}#/auction`,
        loading: 'lazy',
        style: { height: `${height.value}px` },
      });
  },
});
