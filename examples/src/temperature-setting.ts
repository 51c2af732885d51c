console.log('The temperature-setting auction is not written yet.');
