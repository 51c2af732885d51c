throw 'no error, just a text';
