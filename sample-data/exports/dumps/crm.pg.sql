--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

CREATE TABLE public.customers (
    customer_id text,
    full_name text,
    email text,
    phone text,
    date_of_birth text,
    address text,
    note text
);

CREATE TABLE public.calls (
    id text,
    called_at text,
    caller_phone text,
    remark text
);

COPY public.customers (customer_id, full_name, email, phone, date_of_birth, address, note) FROM stdin;
CUS-10234446	Rowena Dimaculangan	rowena.dimaculangan44@mail.example	0939 5550789	1990-10-14	620 Muestra St., Brgy. Mabini, 4114 Dasmariñas, Cavite	
CUS-10234478	Jenny Lacson-Rey	jenny_lacson-rey+food@mail.example	+63(956)5550082	1976-01-25	Blk 9 Lot 34, Villa Ilang-Ilang, 6000 Cebu City, Cebu	line one\nwrite to kapatid220@kusina.test
CUS-10234537	Yeo Li Ting	yeo_li_ting+food@mail.example	65-8555-0075	1987-03-17	Blk 825 Molave Street 22 #10-125, Singapore 565946	old number 639565550146
CUS-10234569	Niña Salazar	nina.salazar@example.org	+639985550670	1959-01-01	470 Mabini St., Brgy. Mabini, 8000 Davao City, Davao del Sur	path C:\\temp\\crm
CUS-10234594	Ramon Macaraeg	ramon.macaraeg@example.net	\N	1988-02-12	705 Halimbawa St., Brgy. Maligaya, 6000 Cebu City, Cebu	line one\nwrite to kapatid44@koreo.example
CUS-10234652	Rowena Maria Aquilino	rowenamariaaquilino+food@kusina.test	+63(949)5550472	1984-03-24	Blk 18 Lot 22, Villa Maligaya, 1100 Quezon City, Metro Manila	
CUS-10234668	Niña M. Lacson-Rey	nina.m.lacson-rey26@example.com	63-939-555-0488	2000-08-01	970 Kamagong Street, 6000 Cebu City, Cebu	
CUS-10234708	Emily L. Patterson	emilylpatterson@mail.example	(702) 555-0144	1956-02-19	389 Kamagong Street, Apt 4B, Brooklyn, NY 11201	
CUS-10234742	Grace Joel Dimaculangan	grace_joel_dimaculangan@koreo.example	+639055550279	1963-03-20	Unit 8B, Bagong-Araw Tower, 143 Bagong-Araw Ave., 8000 Davao City, Davao del Sur	path C:\\temp\\crm
CUS-10234798	Mark Luz Mendoza	mark.luz.mendoza+food@example.org	63-939-555-0906	1992-10-05	Blk 29 Lot 10, Villa Bagong-Araw, 8000 Davao City, Davao del Sur	
CUS-10234824	Paolo Bautista	paolobautista@mail.example	+639055550623	1977-07-31	Unit 20B, Sampaguita Tower, 480 Bagong-Araw Ave., 4114 Dasmariñas, Cavite	
CUS-10234869	Luz Sumulong	luz_sumulong31@example.net	0939 5550959	1974-04-24	Unit 4B, Mabini Tower, 702 Molave Ave., 1600 Pasig City, Metro Manila	path C:\\temp\\crm
CUS-10234901	Dennis Cruz	dennis_cruz+food@kusina.test	639175550123	1982-10-02	Blk 15 Lot 4, Villa Kamagong, 6000 Cebu City, Cebu	old number +63(918)5550042
CUS-10234935	Dennis Tolentino	dennis.tolentino@example.net	\N	1993-06-30	148 Bagong-Araw St., Brgy. Ilang-Ilang, 6000 Cebu City, Cebu	
CUS-10234968	Wee Boon Keng	wee_boon_keng@example.net	+6585550860	1959-08-13	Blk 49 Mabini Street 28 #07-107, Singapore 563361	old number (0949) 555 0209
CUS-10235003	Olivia A. Hughes	olivia_a_hughes@kusina.test	212-555-0162	1995-08-10	129 Bagong-Araw Street, Apt 4B, Brooklyn, NY 11201	
CUS-10235035	Tyler Walker	tyler_walker+food@kusina.test	808-555-0182	1969-08-24	590 N Kamagong Blvd, Reno, NV 89501	
CUS-10235076	Ramon Lacson-Rey	ramon.lacson-rey+food@koreo.example	09565550522	1984-11-23	684 Muestra St., Brgy. Halimbawa, 1600 Pasig City, Metro Manila	old number 09055550401
CUS-10235128	Maria C. Bautista	maria.c.bautista+food@koreo.example	+639565550963	1984-06-12	Blk 29 Lot 4, Villa Mabini, 4114 Dasmariñas, Cavite	
CUS-10235145	Ramon E. Ibañez	ramon_e_ibanez@example.com	09185550059	1984-04-20	Blk 7 Lot 25, Villa Narra, 1100 Quezon City, Metro Manila	path C:\\temp\\crm
CUS-10235197	Rico R. Muñoz	rico_r_munoz+food@mail.example	+639185550134	1992-11-20	Blk 1 Lot 18, Villa Sampaguita, 1600 Pasig City, Metro Manila	calls back\tafter 6
CUS-10235236	Cristina Peñaflor	cristina.penaflor@example.org	0939-555-0353	1999-11-06	Blk 30 Lot 10, Villa Molave, 4114 Dasmariñas, Cavite	calls back\tafter 6
CUS-10235279	Carlo Ocampo	carloocampo+food@kusina.test	\N	1966-05-10	25 Sampaguita Street, 6000 Cebu City, Cebu	path C:\\temp\\crm
CUS-10235304	Jenny Joel Sumulong	jenny_joel_sumulong@koreo.example	639185550985	1988-12-31	672 Ilang-Ilang Street, 1200 Makati City, Metro Manila	path C:\\temp\\crm
CUS-10235355	Ramon Liza Muñoz	ramon_liza_munoz@example.net	(0918) 555 0829	1995-05-12	Unit 23B, Halimbawa Tower, 37 Sampaguita Ave., 6000 Cebu City, Cebu	
CUS-10235381	Carlo G. Peñaflor	carlogpenaflor@example.net	63-918-555-0413	1966-02-13	Unit 18B, Narra Tower, 364 Narra Ave., 1200 Makati City, Metro Manila	path C:\\temp\\crm
CUS-10235414	Arnel Muñoz	arnel.munoz@kusina.test	0905 5550204	1955-10-14	747 Mabini St., Brgy. Sampaguita, 8000 Davao City, Davao del Sur	old number 09185550905
CUS-10235450	Tyler O'Neil	tyler_oneil@example.org	(808) 555-0119	1971-12-24	598 Molave Street, Apt 4B, Austin, TX 78701	
CUS-10235485	Joel Guinto	joelguinto@kusina.test	(0927) 555 0716	1956-11-08	715 Muestra Street, 1200 Makati City, Metro Manila	
CUS-10235531	Liza Rico Santos	liza_rico_santos89@example.com	+63 905 555 0677	1992-10-10	22 Ilang-Ilang Street, 6000 Cebu City, Cebu	path C:\\temp\\crm
CUS-10235572	Rico Pascual	rico.pascual@kusina.test	+63(949)5550333	1969-09-24	917 Maligaya Street, 1600 Pasig City, Metro Manila	old number 639055550072
CUS-10235594	Teo Jun Hao	teo.jun.hao+food@example.net	\N	1988-06-13	Blk 902 Muestra Street 22 #14-237, Singapore 565577	old number 639275550694
CUS-10235628	Angelica Q. Dimaculangan	angelica_q_dimaculangan@example.com	+63(939)5550004	1972-10-22	Unit 5B, Sampaguita Tower, 383 Ilang-Ilang Ave., 1200 Makati City, Metro Manila	
CUS-10235676	Emily K. Reed	emily.k.reed45@example.net	+14155550131	1986-06-04	508 Molave Street, Apt 4B, Brooklyn, NY 11201	calls back\tafter 6
CUS-10235705	Maria de los Reyes	maria.de.los.reyes@example.net	63-918-555-0473	1964-02-09	811 Bagong-Araw Street, 6000 Cebu City, Cebu	old number 8555 0119
CUS-10235741	Lim Nur Aisyah	limnuraisyah59@example.org	65-8555-0639	1986-03-30	Blk 652 Sampaguita Street 28 #21-250, Singapore 560116	
CUS-10235785	Rowena Santos	rowenasantos@example.org	63-905-555-0770	1976-07-15	Blk 20 Lot 13, Villa Narra, 1200 Makati City, Metro Manila	path C:\\temp\\crm
CUS-10235828	James O. Brooks	jamesobrooks+food@example.org	(646) 555-0197	1983-03-21	215 Bagong-Araw Street, Apt 4B, Reno, NV 89501	
CUS-10235850	Angelica C. Dimaculangan	angelica.c.dimaculangan@example.org	+63 917 555 0887	1963-03-24	Blk 6 Lot 9, Villa Bagong-Araw, 4114 Dasmariñas, Cavite	path C:\\temp\\crm
CUS-10235910	Rowena dela Cruz	rowenadelacruz@example.org	0905-555-0849	1996-05-12	678 Sampaguita Street, 1100 Quezon City, Metro Manila	old number (0918) 555 0897
CUS-10235935	Ramon San Andres	ramon_san_andres@mail.example	\N	2001-04-09	72 Ilang-Ilang Street, 4114 Dasmariñas, Cavite	path C:\\temp\\crm
CUS-10235974	Mei Fen binte Rahman	mei_fen_binte_rahman@example.org	8555 0445	1974-08-19	Blk 422 Ilang-Ilang Street 29 #02-058, Singapore 567401	path C:\\temp\\crm
CUS-10235995	Emily O'Neil	emilyoneil@example.com	(702) 555-0139	1956-11-14	621 N Halimbawa Blvd, Reno, NV 89501	calls back\tafter 6
CUS-10236042	Luz Catapang	luzcatapang@mail.example	0956 5550829	1982-11-29	Blk 2 Lot 35, Villa Maligaya, 1100 Quezon City, Metro Manila	
CUS-10236091	Jomar Peñaflor	jomar_penaflor+food@example.net	0917 5550753	1966-02-15	Blk 22 Lot 10, Villa Mabini, 4114 Dasmariñas, Cavite	calls back\tafter 6
CUS-10236125	Cristina Vilma Mendoza	cristina_vilma_mendoza48@mail.example	0918-555-0354	1991-06-16	Blk 1 Lot 15, Villa Kamagong, 1600 Pasig City, Metro Manila	old number 8555 0621
CUS-10236160	Grace Arnel San Andres	grace.arnel.san.andres70@example.net	0956 5550239	1968-06-14	634 Sampaguita Street, 6000 Cebu City, Cebu	calls back\tafter 6
CUS-10236183	Jomar Villanueva	jomar_villanueva@example.net	639985550104	1980-04-08	Unit 12B, Bagong-Araw Tower, 931 Bagong-Araw Ave., 1100 Quezon City, Metro Manila	path C:\\temp\\crm
CUS-10236219	Juan S. de los Reyes	juan_s_de_los_reyes70@koreo.example	0956-555-0521	1967-02-20	926 Kamagong Street, 4114 Dasmariñas, Cavite	path C:\\temp\\crm
CUS-10236281	James P. Sandoval	james_p_sandoval+food@example.org	\N	1959-08-04	722 Molave Ave, Brooklyn, NY 11201	
CUS-10236311	Dennis Hidalgo	dennishidalgo47@koreo.example	+639055550293	1998-07-17	Unit 11B, Maligaya Tower, 551 Kamagong Ave., 6000 Cebu City, Cebu	
CUS-10236333	Arnel Villanueva	arnelvillanueva+food@mail.example	639565550193	1986-06-01	Blk 12 Lot 22, Villa Sampaguita, 1200 Makati City, Metro Manila	
CUS-10236383	Dennis I. San Andres	dennis.i.san.andres44@example.org	0905 5550821	2001-04-27	130 Halimbawa St., Brgy. Ilang-Ilang, 1600 Pasig City, Metro Manila	old number 702-555-0199
CUS-10236420	Joel Pascual	joel_pascual69@mail.example	+63(918)5550534	1973-06-07	104 Molave St., Brgy. Muestra, 1600 Pasig City, Metro Manila	path C:\\temp\\crm
CUS-10236463	Tyler Q. Sandoval	tyler_q_sandoval36@example.net	+16465550143	1971-07-15	734 N Ilang-Ilang Blvd, Austin, TX 78701	line one\nwrite to kapatid53@koreo.example
CUS-10236502	Foo Wei Ling	foo_wei_ling@example.com	8555 0722	1958-02-16	Blk 87 Halimbawa Street 10 #10-248, Singapore 561060	old number 63-905-555-0398
CUS-10236538	Luz R. Mendoza	luzrmendoza+food@mail.example	0939-555-0140	1962-01-05	Unit 25B, Mabini Tower, 748 Sampaguita Ave., 8000 Davao City, Davao del Sur	old number +1 808.555.0100
CUS-10236572	Juan Carlo Salazar	juancarlosalazar+food@example.net	09565550779	1988-01-05	714 Muestra St., Brgy. Ilang-Ilang, 8000 Davao City, Davao del Sur	
CUS-10236587	Megan F. Sandoval	megan.f.sandoval@example.com	\N	1996-03-14	778 Sampaguita Street, Apt 4B, Reno, NV 89501	line one\nwrite to kapatid417@koreo.example
CUS-10236647	Marites Pascual	marites_pascual58@kusina.test	(0949) 555 0679	1994-09-11	725 Ilang-Ilang Street, 6000 Cebu City, Cebu	
CUS-10236680	Marites Nestor Catapang	maritesnestorcatapang@mail.example	+639055550646	2000-09-18	Unit 2B, Maligaya Tower, 61 Muestra Ave., 6000 Cebu City, Cebu	calls back\tafter 6
CUS-10236717	Yeo Kah Wai	yeokahwai+food@kusina.test	65-8555-0832	1993-09-16	Blk 381 Bagong-Araw Street 24 #09-015, Singapore 562468	line one\nwrite to kapatid671@mail.example
CUS-10236739	Joel Ana de los Reyes	joel.ana.de.los.reyes+food@mail.example	+63(905)5550636	1996-08-14	Blk 5 Lot 29, Villa Narra, 1100 Quezon City, Metro Manila	path C:\\temp\\crm
CUS-10236773	Rico Juan Salazar	ricojuansalazar@example.com	+63(917)5550345	1970-01-09	885 Maligaya Street, 6000 Cebu City, Cebu	old number +63(918)5550309
CUS-10236828	Nestor Macaraeg	nestor.macaraeg@kusina.test	+63 956 555 0674	1956-07-16	48 Bagong-Araw St., Brgy. Mabini, 8000 Davao City, Davao del Sur	calls back\tafter 6
CUS-10236848	Niña S. Peñaflor	nina.s.penaflor7@example.org	+63(917)5550809	1980-03-24	Unit 14B, Muestra Tower, 874 Maligaya Ave., 8000 Davao City, Davao del Sur	line one\nwrite to kapatid574@koreo.example
CUS-10236907	James H. Walker	jameshwalker@mail.example	+16465550144	1968-10-31	467 N Halimbawa Blvd, Austin, TX 78701	
CUS-10236944	Megan S. Patterson	megan_s_patterson52@example.com	\N	1986-01-29	96 N Narra Blvd, Austin, TX 78701	line one\nwrite to kapatid508@example.net
CUS-10236983	Ana Ramon Lacson-Rey	ana_ramon_lacson-rey@example.com	+639985550838	1998-08-25	Unit 26B, Halimbawa Tower, 896 Narra Ave., 1600 Pasig City, Metro Manila	
CUS-10237020	Angelica Rowena Guinto	angelica.rowena.guinto@kusina.test	+639055550421	1989-06-06	Unit 3B, Maligaya Tower, 503 Mabini Ave., 1200 Makati City, Metro Manila	
CUS-10237043	Nestor Cristina Macaraeg	nestor.cristina.macaraeg@kusina.test	+639275550103	1955-03-28	915 Ilang-Ilang Street, 8000 Davao City, Davao del Sur	calls back\tafter 6
CUS-10237087	Rowena Paolo Ibañez	rowena.paolo.ibanez@example.net	+639985550807	1959-02-16	256 Ilang-Ilang St., Brgy. Bagong-Araw, 1600 Pasig City, Metro Manila	old number 8555 0641
CUS-10237122	Angelica de los Reyes	angelicadelosreyes+food@kusina.test	+639275550116	1967-10-21	Blk 24 Lot 1, Villa Kamagong, 6000 Cebu City, Cebu	old number (0927) 555 0249
CUS-10237160	Joel R. Tolentino	joelrtolentino@example.com	639055550879	1970-04-24	413 Ilang-Ilang St., Brgy. Narra, 1100 Quezon City, Metro Manila	path C:\\temp\\crm
CUS-10237179	Jose Sumulong	josesumulong7@koreo.example	0927 5550199	1998-09-24	651 Narra Street, 1100 Quezon City, Metro Manila	old number +65 8555 0064
CUS-10237240	Rico Ibañez	ricoibanez@koreo.example	+63(949)5550496	1966-12-29	898 Halimbawa St., Brgy. Sampaguita, 1100 Quezon City, Metro Manila	old number +63 939 555 0738
CUS-10237279	Paolo Rowena Santos	paolo_rowena_santos@koreo.example	\N	1990-11-16	Unit 2B, Bagong-Araw Tower, 4 Maligaya Ave., 4114 Dasmariñas, Cavite	
CUS-10237305	Niña Guinto	nina.guinto+food@mail.example	63-956-555-0601	1989-09-02	607 Maligaya St., Brgy. Narra, 1100 Quezon City, Metro Manila	old number +639175550180
CUS-10237331	Paolo K. Macaraeg	paolo.k.macaraeg@mail.example	0927 5550358	1980-07-18	Blk 21 Lot 26, Villa Sampaguita, 1600 Pasig City, Metro Manila	old number 1-702-555-0130 x51
CUS-10237380	Maria K. Aquilino	mariakaquilino75@kusina.test	+63(918)5550799	1966-06-29	Blk 10 Lot 13, Villa Ilang-Ilang, 1100 Quezon City, Metro Manila	
\.


INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9000', '2025-12-01 10:00:00+08', '+639185550713', 'asked for +63 2 8555 0273');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9001', '2025-12-02 11:00:00+08', '+639055550781', 'it''s Cristina J. Ocampo; mail cristina_j_ocampo@example.net');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9002', '2025-12-03 12:00:00+08', '+639055550621', 'asked for +63 2 8555 0294');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9003', '2025-12-04 13:00:00+08', '+639495550691', 'asked for +63 2 8555 0255');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9004', '2025-12-05 14:00:00+08', '+6585550639', 'asked for +63 2 8555 0233');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9005', '2025-12-06 15:00:00+08', '+12125550134', 'asked for +63 2 8555 0291');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9006', '2025-12-07 16:00:00+08', '+639985550863', 'asked for +63 2 8555 0288');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9007', '2025-12-08 17:00:00+08', '+639985550838', 'no answer');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9008', '2025-12-09 18:00:00+08', '+639395550960', 'gave card 4111-1111-1111-1111, told not to');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9009', '2025-12-10 19:00:00+08', '+6585550555', 'no answer');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9010', '2025-12-11 10:00:00+08', '+639185550079', 'asked for +63 2 8555 0264');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9011', '2025-12-12 11:00:00+08', '+639175550350', 'no answer');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9012', '2025-12-13 12:00:00+08', '+639495550778', 'asked for +63 2 8555 0212');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9013', '2025-12-14 13:00:00+08', '+639175550740', 'gave card 6011 1111 1111 1117, told not to');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9014', '2025-12-15 14:00:00+08', '+12125550131', 'asked for +63 2 8555 0231');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9015', '2025-12-16 15:00:00+08', '+639275550132', 'no answer');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9016', '2025-12-17 16:00:00+08', '+639185550659', 'it''s Angelica Peñaflor; mail angelica_penaflor@example.org');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9017', '2025-12-18 17:00:00+08', '+639275550589', 'no answer');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9018', '2025-12-19 18:00:00+08', '+639565550429', 'asked for +63 2 8555 0267');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9019', '2025-12-20 19:00:00+08', '+639175550989', 'asked for +63 2 8555 0273');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9020', '2025-12-21 10:00:00+08', '+14155550104', 'gave card 2223003122003222, told not to');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9021', '2025-12-22 11:00:00+08', '+639055550064', 'it''s Cristina P. Tolentino; mail cristina_p_tolentino@example.com');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9022', '2025-12-23 12:00:00+08', '+639175550313', 'it''s Luz O. Tolentino; mail luzotolentino+food@kusina.test');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9023', '2025-12-24 13:00:00+08', '+639055550453', 'asked for +63 2 8555 0220');
INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES ('9024', '2025-12-25 14:00:00+08', '+639565550342', 'gave card 4242424242424242, told not to');

--
-- PostgreSQL database dump complete
--
