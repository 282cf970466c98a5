-- PostgreSQL database dump
CREATE TABLE public.customers (id integer, first_name text, last_name text, email text, phone text, ssn text, birth_date date, password_hash text, created_at timestamp);
COPY public.customers (id, first_name, last_name, email, phone, ssn, birth_date, password_hash, created_at) FROM stdin;
0	«person_name|Andrea»	«person_name|Abad»	«email|aabad@mail.example.com»	«phone|+1 415 864 0110»	«us_ssn|510-40-2110»	«date_of_birth|1960-10-20»	$2b$10$7gHUOEnLqvg5BaYQ4nM5e67jj15ui7ZxzlKxEAINzmV9fEiFucV9F	2026-03-01 10:00:00
1	«person_name|Bernard»	«person_name|Briones»	«email|bbriones@mail.example.com»	«phone|+1 415 864 0111»	«us_ssn|511-41-2111»	«date_of_birth|1961-11-21»	$2b$10$hrc072JJACdRO9GC3HQTScvWes2xlPWV8gNPOP1rQycLr71WF2sMe	2026-03-02 10:00:00
2	«person_name|Catalina»	«person_name|Castillo»	«email|ccastillo@mail.example.com»	«phone|+1 415 864 0112»	«us_ssn|512-42-2112»	«date_of_birth|1962-12-22»	$2b$10$n6KulVg7YuXZiyiFqydLMHRKtfO73ddqkrq0mkRwx0LZA09jK1Pmi	2026-03-03 10:00:00
3	«person_name|Dominic»	«person_name|Delgado»	«email|ddelgado@mail.example.com»	«phone|+1 415 864 0113»	«us_ssn|513-43-2113»	«date_of_birth|1963-10-23»	$2b$10$d4Zfy4LpBHZWy2FB8rToY1wiAorKMeBpvmcgqwfvTrB8aeFnqsFMn	2026-03-04 10:00:00
4	«person_name|Esther»	«person_name|Espinosa»	«email|eespinosa@mail.example.com»	«phone|+1 415 864 0114»	«us_ssn|514-44-2114»	«date_of_birth|1964-11-24»	$2b$10$JXUpeyobtzEJ5eAOdmFzkFJtvyqTBX8oLw4nZNk6bX9pufQbNp09J	2026-03-05 10:00:00
5	«person_name|Francis»	«person_name|Figueroa»	«email|ffigueroa@mail.example.com»	«phone|+1 415 864 0115»	«us_ssn|515-45-2115»	«date_of_birth|1965-12-25»	$2b$10$ssqRpHuzT7hIF0EXCoAOidhYZPIkugHzDUWZLShboGaBYD2UYfeMy	2026-03-06 10:00:00
6	«person_name|Gabriela»	«person_name|Guerrero»	«email|gguerrero@mail.example.com»	«phone|+1 415 864 0116»	«us_ssn|516-46-2116»	«date_of_birth|1966-10-26»	$2b$10$aSAM1NrOL3NNRR4P3K5Y6Ok1jkMAciXc2VbmtAtgiNJtht25DyXUm	2026-03-07 10:00:00
7	«person_name|Harold»	«person_name|Hidalgo»	«email|hhidalgo@mail.example.com»	«phone|+1 415 864 0117»	«us_ssn|517-47-2117»	«date_of_birth|1967-11-27»	$2b$10$gMIsi117sLTBq3vdtzpqtSsY17uSALobatf3ehbJwlKqU924cfLpn	2026-03-08 10:00:00
8	«person_name|Ingrid»	«person_name|Ibanez»	«email|iibanez@mail.example.com»	«phone|+1 415 864 0118»	«us_ssn|518-48-2118»	«date_of_birth|1968-12-28»	$2b$10$XgYUjH1LpzhHzNrKVzCoZ9HPrcLpmiF77e8ZQEfn0PRIBN7fXzYM2	2026-03-09 10:00:00
9	«person_name|Julian»	«person_name|Jacinto»	«email|jjacinto@mail.example.com»	«phone|+1 415 864 0119»	«us_ssn|519-49-2119»	«date_of_birth|1969-10-20»	$2b$10$eIour0A2f1jOwUnDjs89EMgUb3qxM6uTqHlJyrxm1FZS1PWQUFSPs	2026-03-01 10:00:00
10	«person_name|Katrina»	«person_name|Katigbak»	«email|kkatigbak@mail.example.com»	«phone|+1 415 864 0120»	«us_ssn|520-40-2120»	«date_of_birth|1970-11-21»	$2b$10$702QLYxyPcvoy4TKda27MJndKamuZ08pjQZzGG265CgBtEeaC9ZrV	2026-03-02 10:00:00
11	«person_name|Leonard»	«person_name|Legaspi»	«email|llegaspi@mail.example.com»	«phone|+1 415 864 0121»	«us_ssn|521-41-2121»	«date_of_birth|1971-12-22»	$2b$10$RTdMsreSJv5UwOdrbgUR18rizWZjjReQhoKPkKQTSJKMSnEPtgJ0K	2026-03-03 10:00:00
12	«person_name|Melissa»	«person_name|Manalo»	«email|mmanalo@mail.example.com»	«phone|+1 415 864 0122»	«us_ssn|522-42-2122»	«date_of_birth|1972-10-23»	$2b$10$26Zk7la1xXgZ7RVgBzvlxI0Z7gCoUMr6wq8zUZ0ByO5WVpbb8DBKC	2026-03-04 10:00:00
13	«person_name|Nathaniel»	«person_name|Nolasco»	«email|nnolasco@mail.example.com»	«phone|+1 415 864 0123»	«us_ssn|523-43-2123»	«date_of_birth|1973-11-24»	$2b$10$Gic99bVoYGcs7RaZ1QAugCaixI3Ant1lVqnAQ8EqnOEmgcBFHH2zp	2026-03-05 10:00:00
14	«person_name|Ophelia»	«person_name|Ortega»	«email|oortega@mail.example.com»	«phone|+1 415 864 0124»	«us_ssn|524-44-2124»	«date_of_birth|1974-12-25»	$2b$10$KwcdnaTMPHHj8UEpiBEio10sRabz6MH2x2ICIcOlasxAwHDgUvQZB	2026-03-06 10:00:00
15	«person_name|Patrick»	«person_name|Pineda»	«email|ppineda@mail.example.com»	«phone|+1 415 864 0125»	«us_ssn|525-45-2125»	«date_of_birth|1975-10-26»	$2b$10$BEcq5eHteG53vinGcesGY6ABui0VtVLXmbR6HjKSsJXRwu1A9S24S	2026-03-07 10:00:00
\.
CREATE TABLE public.events (id bigint, kind text, payload text, host text);
INSERT INTO public.events VALUES
(48210, 'login', '{"ip":"«ip_address|198.51.100.100»","trace":"22f5cb8767eacf3f0ba087aa1548e67b"}', 'node-0'),
(48211, 'login', '{"ip":"«ip_address|198.51.100.101»","trace":"c5713ffeb8aef9d0d23b05e077ef369d"}', 'node-1'),
(48212, 'login', '{"ip":"«ip_address|198.51.100.102»","trace":"422f81c6d54aa9cc03adc1b1d9a96541"}', 'node-2'),
(48213, 'login', '{"ip":"«ip_address|198.51.100.103»","trace":"7253ff7f251837e69337c7a7102d9bb1"}', 'node-3'),
(48214, 'login', '{"ip":"«ip_address|198.51.100.104»","trace":"593f0994358bf77bf678bf1a4b7ea86e"}', 'node-4'),
(48215, 'login', '{"ip":"«ip_address|198.51.100.105»","trace":"ddb609018900ce6143bccc665c98302e"}', 'node-5'),
(48216, 'login', '{"ip":"«ip_address|198.51.100.106»","trace":"b09ab6a8c0a8c9300aa800d8f55ebde6"}', 'node-6'),
(48217, 'login', '{"ip":"«ip_address|198.51.100.107»","trace":"fedac0cd68363576c42b463df313bbc7"}', 'node-7');
