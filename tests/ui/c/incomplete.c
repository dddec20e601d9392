struct engine;

int main(void)
{
    struct engine e; //~ ERROR FH1206
    return 0;
}
