let page: Box<[u8]> = Box::new([0; 512]);
