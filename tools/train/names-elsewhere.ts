const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Given and family names of peoples whom the lists of packages leave out, or know few of. */
export const ELSEWHERE: readonly {
  readonly first: readonly string[]
  readonly last: readonly string[]
}[] = [
  // Ireland, Wales, Scotland, Cornwall
  {
    first: words(
      'Ciara Gráinne Róisín Orlaith Caoimhe Cillian Eoghan Oisín Tadhg Fionn Diarmuid Eilidh Morag Catriona Iain Angharad Carys Cerys Eleri Gwenllian Rhiannon Gethin Idris Iestyn Owain Lowenna Jago Tamsyn Demelza',
    ),
    last: words(
      "Ó_Briain Ní_Dhomhnaill O'Callaghan Geoghegan Heffernan Gwynne Bevan Cadwallader Prosser Maddock MacAllister Farquharson Urquhart Colquhoun Trelawny Tregenza Pascoe Trevithick",
    ),
  },
  // West and Central Africa
  {
    first: words(
      'Temitope Ayodele Obinna Uchenna Kelechi Ebele Hadiza Aminu Halima Kwaku Yaw Kofi Mamadou Ousmane Ibrahima Djeneba Moussa Awa Binta Sékou Koffi Aya Nguema Tshala',
    ),
    last: words(
      'Ogunleye Babatunde Olawale Ogundipe Akinwande Onyekachi Uzoma Anyanwu Danjuma Bello Owusu Asante Ankrah Amponsah Traoré Keita Camara Coulibaly Koné Ouattara Kouassi Ndiaye Sow Mbaye Tshibangu Mukendi Kabongo',
    ),
  },
  // East and South Africa
  {
    first: words(
      'Njeri Wambui Kamau Otieno Achieng Odhiambo Nakato Mukasa Nalubega Habimana Umutoni Tigist Selam Yohannes Meseret Dawit Hiwot Abebech Asha Hodan Ifrah Bongani Nandi Ayanda Tendai Rutendo Tafadzwa Farai Chipo Palesa',
    ),
    last: words(
      'Kariuki Njoroge Wanyama Omondi Ochieng Kiprotich Ssempijja Nakimuli Byaruhanga Mugisha Niyonzima Ndayishimiye Tesfaye Gebremariam Haile Woldemichael Bekele Farah Nkosi Mthembu Khumalo Ndlovu Mkhize Zulu Chikwanha Mutasa Molefe Motsepe Sithole',
    ),
  },
  // The Pacific, Hawaii, the Philippines
  {
    first: words(
      'Leilani Kaimana Makana Noelani Tevita Ofa Losa Tavita Sefina Malia Aroha Tane Wiremu Mereana Manaia Jomar Rowena Analyn Dalisay Ligaya Jhun Nenita Reynaldo Crisanto Luzviminda',
    ),
    last: words(
      'Kahananui Kamaka Tupou Taufa Leota Faleolo Mahe Vainikolo Ngata Waititi Rangihuna Bautista Magsaysay Dimayuga Lacson Catacutan Panganiban Tolentino Salonga Abueva Macapagal Baluyot Agbayani',
    ),
  },
  // Turkey, Iran, Central Asia, the Arab world
  {
    first: words(
      'Özlem Çağla Emre Zeynep Hüseyin Ayşegül Shirin Behrouz Farideh Kiarash Anahita Mehrdad Golnaz Siavash Nilufar Gulnara Aigul Timur Bakhyt Rustam Nour Khalid Salma Mahmoud Bassam Huda Rasha Jumana Yasmin Suha Ghassan',
    ),
    last: words(
      'Demirci Özdemir Kılıçdaroğlu Şahin Aydın Çelik Farahani Tehrani Ahmadzadeh Moradi Nazarbayev Abdullaev Tashkentov Khoury Najjar Shaheen Barakat Qureshi El-Sayed Boutros Ghanem Hijazi Sabbagh',
    ),
  },
  // South and South-East Asia
  {
    first: words(
      'Meenakshi Venkatesh Ananya Gurpreet Jaswinder Kavitha Srinivasan Thirumalai Padmini Nilanjana Subhash Debjani Mithun Rukhsana Nusrat Farzana Dilshan Chaminda Nimal Sanduni Anh Phượng Huệ Thảo Siti Aminah Budi Wahyu Dewi Ratna Agus Sokha Bopha Somchai Malee Aung Khin Thiri Pa_Nhia Mai_See Tou_Ger',
    ),
    last: words(
      'Krishnamurthy Kulkarni Thiruvengadam Ranganathan Chowdhury Rahman Hossain Begum Jayawardena Wickremasinghe Gunasekara Đặng Trương Lê_Hoàng Abdullah Ismail Wijaya Susanto Hartono Siregar Sovann Chhay Chaiyasit Suwannarat Thongchai Htun Xiong Yang Moua Lor',
    ),
  },
  // Poland, the Czech lands, Hungary, the Balkans, the Baltic, Ukraine
  {
    first: words(
      'Stanisław Květoslava Ctirad Jarmila Zsófia Gergő Ildikó Dragan Snežana Vesna Miroslav Plamen Rumyana Toomas Kadri Jānis Ieva Rasa Vytautas Kateryna Svitlana Taras Bohdana Levan Nino',
    ),
    last: words(
      'Procházka Němcová Svoboda Nagyházi Kovácsné Horváth Jovanović Marković Hadžić Popescu Dimitrov Georgieva Saar Ozoliņš Kalniņa Kazlauskas Petrauskienė Bondar Shevchenko Pavlenko Beridze Kvaratskhelia',
    ),
  },
  // Scandinavia, Finland, the Low Countries, Germany
  {
    first: words(
      'Sigrid Torbjørn Freja Gunnhildur Aino Väinö Sieglinde Urs Reto Anneke Wouter Geertruida',
    ),
    last: words('Haugland Kvist Virtanen Rautio Oosterhuis Hoekstra Terpstra Ter_Haar van_Wyk'),
  },
  // Spain, Portugal, Latin America, Italy, Greece, France
  {
    first: words('Araceli Eusebio Iñaki Maitane Stavroula Kyriakos Aurélien Maëlys Itzel Citlali'),
    last: words('Condori Etxeberria Goikoetxea Golfinopoulos Castonguay'),
  },
  // Names of America: first nations, old English, made up last year
  {
    first: words('Paisley Meadow Halona Chayton Aiyana Mame Zeke'),
    last: words('Begay Whitehorse Prohaska'),
  },
].map(({ first, last }) => ({ first, last: last.map((one) => one.replaceAll('_', ' ')) }))
